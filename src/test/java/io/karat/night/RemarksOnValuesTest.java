package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.report.RunRecord;
import io.karat.settings.BilingualText;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what is said of values that are used as they are, though they look wrong. */
@ExtendWith(LocalSpark.class)
class RemarksOnValuesTest {
  private static final String TABLES =
      """
      name: remarks
      inputs:
        transactions:
          path: %1$s/sales.csv
          format: csv
          columns: {customer_id: who, transaction_time: at, amount: worth, transaction_id: no, type: kind, due_date: due, channel: by, quantity: pieces, product_id: item, discount: off, sale_date: sold}
        payments:
          path: %1$s/payments.csv
          format: csv
          columns: {customer_id: who, payment_time: at, amount: worth}
        contacts:
          path: %1$s/contacts.csv
          format: csv
          columns: {customer_id: who, contact_time: at, type: kind, resolved_time: solved}
        opportunities:
          path: %1$s/deals.csv
          format: csv
          columns: {opportunity_id: no, customer_id: who, created_date: at, amount: worth, probability: odds, closed_date: closed, is_won: won}
        customers:
          path: %1$s/customers.csv
          format: csv
          columns: {customer_id: who}
          characteristics: {segment: category, region: category}
      indicators: {windows: [lifetime, 365d]}
      """;

  private static final String SETTINGS =
      TABLES + ToyFirm.WITHOUT_MODELS + "output: {path: '%1$s/out', report: false}\n";

  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 1);

  /** Every customer has one row of each value, so that customers are as many as rows. */
  private static final List<String> EXPECTED =
      List.of(
          "Values of 'channel' that differ only in case or white space count apart: 'SHOP' (2), 'Shop' (1); groups of such values beside these: 1. If they mean the same, write them alike in the source, or with lower(trim(text)) in the mapping.",
          "Values of 'segment' that differ only in case or white space count apart: 'Retail' (2), 'RETAIL' (1), 'retail' (1). If they mean the same, write them alike in the source, or with lower(trim(text)) in the mapping.");

  private final SparkSession spark;
  @TempDir private Path folder;

  RemarksOnValuesTest(SparkSession spark) {
    this.spark = spark;
  }

  /** White space at the ends of a value is none of it, and numbers of words are not confused. */
  @Test
  void aNightSaysWhatItUsesThoughItLooksWrong() throws IOException {
    deliver(
        "sales.csv",
        "who,at,worth,no,due,by,kind,pieces,item,off,sold",
        "a,2026-02-01,10,s1,2026-01-31,SHOP,SALE,1,p,0,",
        "b,2026-02-02,10,s2,2026-02-02,Shop,SALE,-1,p,2,",
        "c,2026-02-03,10,s3,2026-01-02,SHOP,SALE,1,p,-2,",
        "d,2026-02-04,10,s4,2026-03-02,Key Account,SALE,1,p,1,",
        "d,2026-02-04,10,s5,,Key  account,RETURN,1,p,-1,2026-02-05",
        "Total,2026-02-04,50,s6,,,SALE,,p,,");
    deliver("payments.csv", "who,at,worth", "a,2026-02-01,10");
    deliver(
        "contacts.csv",
        "who,at,kind,solved",
        "a,2026-02-02,COMPLAINT,2026-02-01",
        "b,2026-02-02,COMPLAINT,2026-02-03");
    deliver(
        "deals.csv",
        "no,who,at,worth,odds,closed,won",
        "o1,a,2026-02-02,7,1,2026-01-02,true",
        "o2,a,2026-02-02,7,1,2026-02-02,true");
    deliver(
        "customers.csv",
        "who,segment,region",
        "a,Retail,NORTH",
        "b,retail,NORTH",
        "c,RETAIL ,SOUTH",
        "d,Retail,");
    NightPlan plan = plan();

    assertEquals(
        EXPECTED,
        NightPreview.validate(plan, AS_OF, spark).stream().map(BilingualText::en).toList());
    assertEquals(
        """
        Rows of 'contacts' whose 'resolved_time' is before their own day: 1. Expected that day or a later one; complaints among them count as resolved on their own day. See whether the right column is mapped, with day and month in their order.
        Rows of 'opportunities' whose 'closed_date' is before 'created_date': 1. Expected that day or a later one; they make sales cycles shorter than they are. See whether the right columns are mapped, with day and month in their order.
        Rows of 'transactions' that return what was sold on a later day by 'sale_date': 1. Expected the return's own day or an earlier one; they count on their own day. See whether the right column is mapped, with day and month in their order.
        Rows of 'transactions' whose 'due_date' is before their own day: 2. Expected that day or a later one; they count as due on their own day. See whether the right column is mapped, with day and month in their order.
        Rows of 'transactions' whose customer is called as a sum is, such as Total: 1. They count as those of a customer. If they add up other rows, leave them out with 'where'.
        Sales of 'transactions' whose 'discount' is below zero: 1. Expected what was taken off the list price, in amounts above zero. They make discounts smaller: map abs(discount) if the source writes them so.
        Sales of 'transactions' whose 'quantity' is below zero: 1. Expected pieces that were sold, and returns to be of type RETURN. They count as sales with their whole amount: map 'type', for example CASE WHEN quantity < 0 THEN 'RETURN' ELSE 'SALE' END.
        """
            + String.join("\n", EXPECTED)
            + "\n",
        night(plan).remarks().stream()
            .map(BilingualText::en)
            .filter(it -> it.matches("(Rows|Sales of|Values) .*"))
            .sorted()
            .map(it -> it + "\n")
            .collect(joining()));
  }

  private NightPlan plan() {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                "karat.yaml", SETTINGS.formatted(folder), Map.of(), List.of(), problems),
            problems);
    problems.throwIfAny();
    return plan;
  }

  private NightResult night(NightPlan plan) throws IOException {
    RunRecord record = new RunRecord("run", ToyFirm.NOON);
    return new NightJob(spark, plan, SilentProgress.INSTANCE, record, () -> ToyFirm.NOON)
        .run(AS_OF, false);
  }

  private void deliver(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }
}
