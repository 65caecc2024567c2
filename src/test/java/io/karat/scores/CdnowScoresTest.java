package io.karat.scores;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.indicators.IndicatorPlan;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.RealData;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Scores of the CDNOW customers, real customers of a music shop. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class CdnowScoresTest {
  private static final Night NIGHT =
      Night.with(
          "inputs.transactions.columns.customer_id=CAST(master_id AS STRING)",
          "inputs.transactions.columns.transaction_time=purchase_date",
          "indicators.windows=[90d, 365d, lifetime]",
          "pyramids.rank_sum={weights: {recency_days: 1, transaction_day_count_lifetime: 1,"
              + " sales_amount_lifetime: 1}, tiers: [{name: TOP, top_share: 0.2}, {name: REST}]}");

  private final SparkSession spark;

  CdnowScoresTest(SparkSession spark) {
    this.spark = spark;
  }

  /** 1,218 of 2,357 customers bought once, and many of them are equal in every indicator. */
  @Test
  void customersEqualInAValueShareItsScore() {
    ScoreTables tables = tables("1998-06-30");
    Dataset<Row> scored = tables.scored();

    assertEquals(2_357, scored.count());
    assertEquals(1_218, scored.filter("transaction_day_count_lifetime = 1").count());
    assertOneResult(scored, "recency_days", "recency_bin");
    assertOneResult(scored, "transaction_day_count_365d", "frequency_bin");
    assertOneResult(scored, "net_sales_amount_365d", "monetary_bin");
    for (String indicator :
        List.of("recency_days", "transaction_day_count_lifetime", "sales_amount_lifetime")) {
      assertOneResult(scored, indicator, PointScales.column("rank_sum", indicator));
    }
  }

  /** Equal customers count with their mean, so that no order among them matters. */
  @Test
  void theRankSumOrdersCustomersByWhatTheyBuyNext() {
    Dataset<Row> predicted =
        ScoredCustomers.contributions(tables("1997-09-30"))
            .filter("model = 'rank_sum'")
            .groupBy("customer_id")
            .agg(sum("normalised_value").as("prediction"));
    Dataset<Row> bought =
        purchases()
            .filter("purchase_date > DATE '1997-09-30' AND purchase_date <= DATE '1998-06-30'")
            .groupBy(col("master_id").cast("string").as("customer_id"))
            .agg(sum("amount").cast("double").as("actual"));
    List<double[]> pairs = new ArrayList<>();
    predicted
        .join(bought, List.of("customer_id").toArray(String[]::new), "left")
        .na()
        .fill(0, new String[] {"actual"})
        .select(col("prediction").cast("double"), col("actual"))
        .collectAsList()
        .forEach(row -> pairs.add(new double[] {row.getDouble(0), row.getDouble(1)}));

    assertEquals(2_357, pairs.size());
    assertEquals(0.7043, gini(pairs, 0) / gini(pairs, 1), 0.00005);
  }

  /** 2 x mean of the cumulative share of actual sales, best first, - 1. */
  private static double gini(List<double[]> pairs, int by) {
    SortedMap<Double, List<Double>> groups = new TreeMap<>();
    pairs.forEach(pair -> groups.computeIfAbsent(-pair[by], key -> new ArrayList<>()).add(pair[1]));
    double total = pairs.stream().mapToDouble(pair -> pair[1]).sum();
    double cumulated = 0;
    double sum = 0;
    for (List<Double> group : groups.values()) {
      double mean = group.stream().mapToDouble(Double::doubleValue).average().orElse(0);
      for (int i = 0; i < group.size(); i++) {
        cumulated += mean;
        sum += cumulated / total;
      }
    }
    return 2 * sum / pairs.size() - 1;
  }

  private static void assertOneResult(Dataset<Row> scored, String value, String result) {
    Row most =
        scored
            .groupBy(col(value))
            .agg(
                countDistinct(struct(Columns.column(result))).as("results"),
                count(lit(1)).as("customers"))
            .agg(max("results"), max("customers"))
            .first();

    assertEquals(1, most.getLong(0), value);
  }

  private ScoreTables tables(String asOf) {
    Problems problems = new Problems();
    IndicatorPlan indicators = NIGHT.plan();
    ScorePlan plan = ScorePlan.of(NIGHT.settings(), indicators, problems);
    problems.throwIfAny();
    Dataset<Row> customers = NIGHT.indicators(purchases(), asOf);
    CutModel cuts = CutFitting.fit(plan, customers, LocalDate.parse(asOf), List.of());
    return new ScoreTables(plan, cuts, new Scores(plan, cuts).scored(customers));
  }

  private Dataset<Row> purchases() {
    return spark
        .read()
        .parquet(RealData.folder("cdnow").resolve("transactions.parquet").toString());
  }
}
