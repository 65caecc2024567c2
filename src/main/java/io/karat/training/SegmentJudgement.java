package io.karat.training;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.karat.indicators.IndicatorColumn;
import io.karat.models.Model;
import io.karat.night.InputReading;
import io.karat.night.NightPlan;
import io.karat.night.NightSource;
import io.karat.night.PublishedTables;
import io.karat.publishing.ModelFit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.run.RefusedException;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ValueTable;
import io.karat.segments.ExplainedVariance;
import io.karat.segments.SegmentModel;
import io.karat.segments.SegmentPlan;
import io.karat.segments.SegmentTables;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Evaluation of a segment model on later sales: the share of the variance in net sales of the days
 * after a night that its segments explain, beside RFM codes and classes. Only this evaluation uses
 * later events; no table does.
 *
 * @param days the number of days after the night that count
 */
public record SegmentJudgement(SparkSession spark, NightPlan plan, OutputFolder output, int days) {
  private static final String LATER = "later net sales";

  /**
   * Evaluates a model.
   *
   * @param fit the release on which it was fitted
   * @return the explained variance by grouping, the segments first
   * @throws RefusedException if net sales of those days do not differ between customers, or the
   *     tables of the release are deleted
   */
  public Map<String, ExplainedVariance> of(Model model, ModelFit fit) throws IOException {
    spark
        .sparkContext()
        .setJobDescription("karat %s: judge %s".formatted(fit.asOf(), model.name()));
    SegmentTables segments =
        new SegmentTables(SegmentPlan.of(plan.scores()).orElseThrow(), SegmentModel.parse(model));
    Dataset<Row> placed =
        segments
            .placed(table(fit, PublishedTables.CUSTOMER_INDICATORS))
            .select(Columns.CUSTOMER_ID, ScoreColumns.SEGMENT_ID);
    Dataset<Row> value = table(fit, ValueTable.NAME);
    Map<String, Column> groups = groups(Arrays.asList(value.columns()));
    List<Column> kept = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    groups.forEach((name, group) -> kept.add(group.as(name)));
    Dataset<Row> customers =
        placed
            .join(value.select(kept.toArray(Column[]::new)), Columns.CUSTOMER_ID)
            .join(later(fit.asOf()), new String[] {Columns.CUSTOMER_ID}, "left");
    List<Column> all = new ArrayList<>(List.of(group("segments", col(ScoreColumns.SEGMENT_ID))));
    groups.keySet().forEach(name -> all.add(group(name, col("`" + name + "`"))));
    Column sales = coalesce(col(LATER), lit(BigDecimal.ZERO)).cast("decimal(18,4)");
    List<Row> rows =
        customers
            .select(sales.as(LATER), inline(array(all.toArray(Column[]::new))))
            .groupBy("by", "group")
            .agg(count(lit(1)), sum(col(LATER)), sum(col(LATER).multiply(col(LATER))))
            .collectAsList();
    Map<String, ExplainedVariance> explained = new LinkedHashMap<>();
    explained.put("segments", variance("segments", rows));
    groups.keySet().forEach(name -> explained.put(name, variance(name, rows)));
    requireSales(explained, fit.asOf());
    return explained;
  }

  private void requireSales(Map<String, ExplainedVariance> explained, LocalDate asOf) {
    if (explained.values().stream().anyMatch(ExplainedVariance::isOfNothing)) {
      throw new RefusedException(
          "Cannot evaluate segments: all customers have the same net sales in the %d days after %s. Give inputs of those days, or fit to an earlier release with --run."
              .formatted(days, asOf));
    }
  }

  private Dataset<Row> table(ModelFit fit, String name) throws IOException {
    Release release =
        output
            .head()
            .release(fit.runId())
            .filter(Release::retained)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Cannot evaluate segments: the tables of run %s are deleted. Fit to a release that karat status calls live or kept."
                            .formatted(fit.runId())));
    return spark.read().parquet(output.tables(release).location(name));
  }

  private static Map<String, Column> groups(List<String> columns) {
    Map<String, Column> groups = new LinkedHashMap<>();
    List<String> bins = List.of("recency_bin", "frequency_bin", "monetary_bin");
    if (columns.containsAll(bins)) {
      groups.put(
          "rfm codes", concat_ws(" ", bins.stream().map(it -> col(it)).toArray(Column[]::new)));
    }
    for (String state : List.of("rfm_segment", "customer_class")) {
      if (columns.contains(state)) {
        groups.put(state, col(state));
      }
    }
    return groups;
  }

  private static Column group(String by, Column group) {
    return struct(lit(by).as("by"), coalesce(group, lit("")).as("group"));
  }

  private static ExplainedVariance variance(String by, List<Row> rows) {
    return ExplainedVariance.of(
        rows.stream()
            .filter(row -> row.getString(0).equals(by))
            .map(
                row ->
                    new ExplainedVariance.Group(
                        row.getLong(2), row.getDecimal(3), row.getDecimal(4)))
            .toList());
  }

  /** The net sales of each customer in the days after the night. */
  private Dataset<Row> later(LocalDate asOf) {
    LocalDate last = asOf.plusDays(days);
    IndicatorColumn sales =
        plan.indicators().column("net_sales_amount_%dd".formatted(days)).orElseThrow();
    NightPlan then = plan.with(plan.indicators().only(List.of(sales)));
    List<NightSource> sources = then.sources(last, spark);
    Dataset<Row> measures = InputReading.of(then, sources, last, spark).measures();
    return then.indicators().compute(measures, last).withColumnRenamed(sales.name(), LATER);
  }
}
