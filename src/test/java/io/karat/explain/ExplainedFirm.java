package io.karat.explain;

import io.karat.night.ToyFirm;
import io.karat.testing.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Toy firm with one customer, ann, who occurs in every input and is also known as ann-web and,
 * through it, as ann-1999. Its night is 2026-03-01, its window the 120 days from 2025-11-02.
 */
public record ExplainedFirm(ToyFirm firm) {
  public static final String NIGHT = "2026-03-01";

  /**
   * Settings of all inputs except transactions, with one own measure, indicator and characteristic;
   * no models.
   */
  private static final List<String> SETTINGS =
      List.of(
          "currency=GBP",
          "indicators.windows=[120d]",
          "checks.max_quarantine=1",
          "classification=false",
          "pyramids=false",
          "scorecard=false",
          "rfm=false",
          "labels=false",
          "churn=false",
          "clustering=false",
          "inputs.payments={path: 'PATH/payments', columns: {payment_id: id, customer_id: customer,"
              + " payment_time: at, amount: amount, type: kind}}",
          "inputs.contacts={path: 'PATH/contacts', columns: {customer_id: customer,"
              + " contact_time: at, type: kind, satisfaction: level, cost: cost}}",
          "inputs.customers={path: 'PATH/customers', columns: {customer_id: customer,"
              + " created_date: created, parent_customer_id: parent, display_name: name},"
              + " characteristics: {is_listed: flag, region: {type: category, values: {NORTH: 2},"
              + " label: {en: Sales region, zh: 销售大区},"
              + " definition: {en: Where the customer buys., zh: 客户所在大区。}}}}",
          "inputs.aliases={path: 'PATH/aliases', columns: {alias_id: alias, customer_id:"
              + " customer}}",
          "indicators.measures={big_sales: {where: \"type = 'SALE' AND amount >= 300\","
              + " sum: amount}}",
          "indicators.custom={big_share: {value: big_sales / sales_amount, unit: share,"
              + " label: {en: Big sales, zh: 大额占比},"
              + " definition: {en: Share of sales from 300 on., zh: 三百及以上销售所占比例。}}}");

  /** Delivers the inputs into a folder. */
  public static ExplainedFirm at(SparkSession spark, Path folder) {
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver(
                NIGHT,
                """
                s1 | ann      | 2025-10-05 09:00:00 | 100.00 | SALE
                s2 | ann      | 2025-12-10 09:00:00 | 200.00 | SALE
                s3 | ann-web  | 2026-01-15 09:00:00 | 300.00 | SALE
                s4 | ann      | 2026-02-20 09:00:00 | 700.00 | SALE
                s4 | ann-1999 | 2026-02-20 09:00:00 | 700.00 | SALE
                r1 | ann      | 2026-02-21 09:00:00 |  50.00 | RETURN
                t1 | ann      | 2026-02-21 09:00:00 |   1.00 | TEST
                s5 | ann      | 2026-03-02 09:00:00 |   8.00 | SALE
                s6 | ann      | 2026-02-22 09:00:00 |  -1.00 | SALE
                s7 | bob      | 2026-02-22 09:00:00 |  10.00 | SALE
                s8 | cid      | 2026-03-02 09:00:00 |  10.00 | SALE
                """);
    ExplainedFirm explained = new ExplainedFirm(firm);
    explained.write(
        "payments",
        "id string, customer string, at timestamp, amount decimal(12,2), kind string",
        """
        p1 | ann | 2026-01-20 09:00:00 | 250.00 | PAYMENT
        p2 | ann | 2026-02-10 09:00:00 | 150.00 | PAYMENT
        p3 | ann | 2026-02-25 09:00:00 |  20.00 | REFUND
        p4 | bob | 2026-02-25 09:00:00 |  10.00 | PAYMENT
        """);
    explained.write(
        "contacts",
        "customer string, at timestamp, kind string, level int, cost decimal(12,2)",
        """
        ann | 2026-01-05 09:00:00 | COMPLAINT | 2 | 5.00
        ann | 2026-02-05 09:00:00 | PRAISE    | 4 | 3.00
        ann | 2026-02-06 09:00:00 | TASK      |   |
        bob | 2026-02-06 09:00:00 | TASK      |   |
        """);
    explained.write(
        "customers",
        "customer string, created date, parent string, name string, is_listed boolean,"
            + " region string",
        """
        ann | 2025-09-01 | hq-secret | Ann's shop | true | NORTH
        bob | 2025-09-01 |           |            |      |
        """);
    explained.write(
        "aliases",
        "alias string, customer string",
        """
        ann-web  | ann
        ann-1999 | ann-web
        bob-1999 | bob
        """);
    return explained;
  }

  private void write(String table, String columns, String rows) {
    TextTable.frame(firm.spark(), columns, rows)
        .coalesce(1)
        .write()
        .parquet(folder().resolve(table).toString());
  }

  private Path folder() {
    return firm.folder();
  }

  /** The settings, followed by more. */
  public String[] settings(String... more) {
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(List.of(more));
    return settings.stream()
        .map(setting -> setting.replace("PATH", folder().toString()))
        .toArray(String[]::new);
  }
}
