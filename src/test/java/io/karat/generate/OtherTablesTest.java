package io.karat.generate;

import static io.karat.generate.TextRows.assertRows;
import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.LocalSpark;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.debug.package$;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import scala.jdk.javaapi.CollectionConverters;

@ExtendWith(LocalSpark.class)
class OtherTablesTest {
  private static final SyntheticFirm FIRM = SyntheticFirm.of(3_000, 500, 5);
  private static final Population POPULATION = FIRM.population();

  @Test
  void nobodyPaysMoreThanWasBoughtNorGetsBackMoreThanWasReturned(SparkSession spark) {
    Dataset<Row> billed =
        FIRM.transactions(spark)
            .groupBy(expr("substring(transaction_id, 2, 7)").as("customer_no"))
            .pivot("type", List.of("SALE", "RETURN"))
            .agg(expr("sum(amount)"));
    Dataset<Row> paid =
        payments(spark)
            .groupBy(expr("substring(customer_id, 2)").as("customer_no"))
            .pivot("type", List.of("PAYMENT", "REFUND"))
            .agg(expr("sum(amount)"));

    assertRows(
        """
        unbilled | overpaid | over_refunded
        0        | 0        | 0
        """,
        paid.join(billed, "customer_no", "left")
            .selectExpr(
                "count_if(SALE IS NULL) AS unbilled",
                "count_if(PAYMENT > SALE) AS overpaid",
                "count_if(REFUND > coalesce(RETURN, 0)) AS over_refunded"));
  }

  @Test
  void payersKeepToTheirClass(SparkSession spark) {
    Dataset<Row> sales =
        FIRM.transactions(spark)
            .where("type = 'SALE' AND transaction_time < TIMESTAMP '2024-09-01'")
            .selectExpr("substring(transaction_id, 2) AS purchase", "due_date");
    Dataset<Row> firstPayments =
        payments(spark)
            .where("payment_id LIKE '%A'")
            .selectExpr(
                "substring(payment_id, 2, length(payment_id) - 2) AS purchase",
                "to_date(payment_time) AS paid_day");
    Dataset<Row> payers =
        new GroundTruth(POPULATION)
            .rows(spark)
            .selectExpr("substring(customer_id, 2) AS customer_no", "payer_class");

    assertRows(
        """
        payer_class | paid | is_ever_early | is_ever_late
        PROMPT      | 1.0  | true          | false
        PUNCTUAL    | 1.0  | true          | false
        LATE        | 1.0  | false         | true
        DEFAULTING  | 0.5  | false         | true
        """,
        sales
            .join(firstPayments, "purchase", "left")
            .withColumn("customer_no", expr("substring(purchase, 1, 7)"))
            .join(payers, "customer_no")
            .groupBy("payer_class")
            .agg(
                expr("round(count(paid_day) / count(*), 1)").as("paid"),
                expr("count_if(paid_day < due_date) > 0").as("is_ever_early"),
                expr("count_if(paid_day > due_date) > 0").as("is_ever_late")));
  }

  @Test
  void unhappyCustomersAreLessContentAndComplainMore(SparkSession spark) {
    ContactGenerator contacts =
        new ContactGenerator(POPULATION, new BusinessHours(SyntheticFirm.DEFAULT_ZONE));
    Dataset<Row> truth = new GroundTruth(POPULATION).rows(spark);
    Dataset<Row> rows = contacts.keys(spark).transform(contacts::described);

    assertRows(
        """
        repeated_ids | outside_scale | lower | more
        0            | 0             | true  | true
        """,
        rows.join(truth, "customer_id")
            .withColumn("left", expr("datediff(churn_day, first_day) < 300"))
            .selectExpr(
                "count(*) - count(DISTINCT contact_id) AS repeated_ids",
                "count_if(satisfaction NOT BETWEEN 1 AND 5) AS outside_scale",
                "avg(satisfaction) FILTER (WHERE left)"
                    + " < avg(satisfaction) FILTER (WHERE churn_day IS NULL) - 0.5 AS lower",
                "avg(int(type = 'COMPLAINT')) FILTER (WHERE left)"
                    + " > 2 * avg(int(type = 'COMPLAINT')) FILTER (WHERE churn_day IS NULL)"
                    + " AS more"));
  }

  @Test
  void aCustomerIsAFirmOrAPersonAndItsParentAnOlderFirm(SparkSession spark) {
    Dataset<Row> latest =
        new CustomerGenerator(POPULATION).rows(spark).where("day = DATE '2025-05-01'").drop("day");
    Dataset<Row> parents =
        latest.selectExpr(
            "customer_id AS parent_customer_id", "kind AS parent_kind", "created_date AS older");

    assertRows(
        """
        repeated_ids | mixed_firms | mixed_persons | not_yet | wrong_parents | has_parents
        0            | 0           | 0             | 0       | 0             | true
        """,
        latest
            .join(parents, "parent_customer_id", "left")
            .selectExpr(
                "count(*) - count(DISTINCT customer_id) AS repeated_ids",
                "count_if(kind = 'ENTERPRISE' AND (age IS NOT NULL OR industry IS NULL))"
                    + " AS mixed_firms",
                "count_if(kind = 'PERSON' AND (age IS NULL OR industry IS NOT NULL))"
                    + " AS mixed_persons",
                "count_if(created_date > DATE '2025-05-01') AS not_yet",
                "count_if(parent_customer_id IS NOT NULL AND (parent_kind IS NULL"
                    + " OR parent_kind != 'ENTERPRISE' OR older > created_date))"
                    + " AS wrong_parents",
                "count(parent_customer_id) > 0 AS has_parents"));
  }

  /** No projection of customers is more code than Spark can compile, whatever they have. */
  @Test
  void customersWithAllThatThereIsAreCompiled(SparkSession spark) {
    SyntheticFirm firm =
        new SyntheticFirm(
            1_000,
            60,
            1,
            SyntheticFirm.DEFAULT_FIRST_DAY,
            SyntheticFirm.DEFAULT_ZONE,
            SyntheticFirm.DEFAULT_TRANSACTIONS_PER_CUSTOMER,
            10,
            false,
            true);
    SparkPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) firm.customerRows(spark))
            .queryExecution()
            .executedPlan();

    List<Integer> largest =
        CollectionConverters.asJava(package$.MODULE$.codegenStringSeq(plan)).stream()
            .map(stage -> stage._3().maxMethodCodeSize())
            .toList();

    assertEquals(2, largest.size());
    assertTrue(largest.stream().allMatch(bytes -> bytes > 0), largest::toString);
  }

  @Test
  void theTruthAboutGroupsIsWhereParentsLead(SparkSession spark) {
    Population many = SyntheticFirm.of(30_000, 500, 5).population();
    Dataset<Row> truth = new GroupTruth(many).rows(spark);
    Dataset<Row> above =
        truth.selectExpr(
            "customer_id AS parent_customer_id", "group_id AS top", "group_level AS level");

    assertRows(
        """
        missing | other_tops | other_levels | has_grandchildren
        0       | 0          | 0            | true
        """,
        new CustomerGenerator(many)
            .on(LocalDate.of(2025, 5, 1), spark)
            .where("parent_customer_id IS NOT NULL")
            .join(truth, "customer_id", "full")
            .join(above, "parent_customer_id", "left")
            .selectExpr(
                "count_if(group_id IS NULL OR parent_customer_id IS NULL) AS missing",
                "count_if(group_id != coalesce(top, parent_customer_id)) AS other_tops",
                "count_if(group_level != coalesce(level, 1) + 1) AS other_levels",
                "max(group_level) > 2 AS has_grandchildren"));
  }

  @Test
  void snapshotsAreTakenOnTheFirstDayAndTheFirstOfEveryMonth() {
    assertEquals("[2024-01-20, 2024-02-01, 2024-03-01]", snapshotDays(45).toString());
    assertEquals("[2024-01-20]", snapshotDays(2).toString());
  }

  private static List<LocalDate> snapshotDays(int days) {
    TradingCalendar calendar = new TradingCalendar(LocalDate.of(2024, 1, 20), days);
    return new CustomerGenerator(new Population(1, new SeededRandom(1), calendar, 20, false, false))
        .days();
  }

  @Test
  void everyForeignIdOnASaleIsAnAliasThatLeadsToItsCustomer(SparkSession spark) {
    Dataset<Row> aliases = new AliasGenerator(POPULATION).rows(spark);
    Dataset<Row> used =
        FIRM.transactions(spark)
            .where("customer_id NOT LIKE 'C%'")
            .selectExpr("customer_id AS alias_id", "transaction_id");

    assertRows(
        """
        has_used | has_chains | unknown | astray
        true     | true       | 0       | 0
        """,
        used.join(aliases, "alias_id", "left")
            .selectExpr(
                "count(*) > 0 AS has_used",
                "count_if(customer_id LIKE 'A%') > 0 AS has_chains",
                "count_if(customer_id IS NULL) AS unknown",
                "count_if(substring(customer_id, 2) != substring(transaction_id, 2, 7))"
                    + " AS astray"));
  }

  @Test
  void opportunitiesStayOpenUntilTheyClose(SparkSession spark) {
    // The last of 500 days is 14 May 2025.
    assertRows(
        """
        repeated_ids | wrong_order | beyond | has_open | has_closed | unlikely
        0            | 0           | 0      | true     | true       | 0
        """,
        new OpportunityGenerator(POPULATION)
            .rows(spark)
            .selectExpr(
                "count(*) - count(DISTINCT opportunity_id) AS repeated_ids",
                "count_if(closed_date < created_date OR expected_close_date < created_date)"
                    + " AS wrong_order",
                "count_if(closed_date > DATE '2025-05-14' OR created_date > DATE '2025-05-14')"
                    + " AS beyond",
                "count_if(closed_date IS NULL) > 0 AS has_open",
                "count(closed_date) > 0 AS has_closed",
                "count_if(probability NOT BETWEEN 0.1 AND 0.9 OR amount <= 0) AS unlikely"));
  }

  private static Dataset<Row> payments(SparkSession spark) {
    PaymentGenerator payments =
        new PaymentGenerator(
            new PurchaseGenerator(POPULATION), new BusinessHours(SyntheticFirm.DEFAULT_ZONE));
    return payments.keys(spark).transform(payments::described);
  }
}
