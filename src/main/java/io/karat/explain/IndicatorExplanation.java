package io.karat.explain;

import static org.apache.spark.sql.functions.col;

import io.karat.engine.InterpretedSession;
import io.karat.night.CustomerIds;
import io.karat.night.NightPlan;
import io.karat.night.PublishedTables;
import io.karat.segments.SegmentExplanation;
import io.karat.tables.Columns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Explanation of what follows from a customer's row of customer_indicators, without the rows of
 * inputs.
 *
 * @param scores the scores of the indicators; empty without cuts that fit the settings
 * @param prediction what is predicted; empty without a model, or if the customer is not asked
 * @param figures published figures about the customer
 * @param segment the reasons for the customer's segment; empty without segments
 */
record IndicatorExplanation(
    Optional<ExplainedScores> scores,
    Optional<ExplainedPrediction> prediction,
    List<PublishedFigures> figures,
    Optional<SegmentExplanation> segment) {
  IndicatorExplanation {
    figures = List.copyOf(figures);
  }

  /**
   * The explanation of a published row.
   *
   * @param customer the customer's own id
   */
  record Published(String customer, IndicatorExplanation explanation) {}

  /** Explains the row of a customer; of one without a row there are only published figures. */
  static IndicatorExplanation of(
      NightPlan plan, String customer, Optional<Row> indicators, PublishedNight night)
      throws IOException {
    Map<String, String> characteristics =
        indicators.map(row -> characteristics(plan, row)).orElse(Map.of());
    List<PublishedFigures> figures = PublishedFigures.of(customer, characteristics, night);
    if (indicators.isEmpty()) {
      return new IndicatorExplanation(
          Optional.empty(), Optional.empty(), figures, Optional.empty());
    }

    Row row = indicators.get();
    Optional<Dataset<Row>> before =
        NightBefore.of(customer, night.asOf(), night.output(), night.spark());
    return new IndicatorExplanation(
        ExplainedScores.of(plan, row, before, night),
        ExplainedPrediction.of(plan, row, night.asOf(), night.output(), night.spark()),
        figures,
        new ExplainedSegments(plan, night.output()).of(row, before, night.asOf()));
  }

  /**
   * Begins to explain the published row of a customer while the customer's rows are read, as it
   * nearly always is the one that they give. It is empty if there is none, if the customer was
   * asked for by an alias, or if something fails, which then fails again when it is needed.
   *
   * @param asked an id of the customer
   */
  static CompletableFuture<Optional<Published>> begin(
      NightPlan plan, String asked, PublishedNight night) {
    return CompletableFuture.supplyAsync(() -> published(plan, asked, night))
        .exceptionally(failed -> Optional.empty());
  }

  private static Optional<Published> published(NightPlan plan, String asked, PublishedNight night) {
    String customer = CustomerIds.key(plan, asked);
    PublishedNight own = night.with(InterpretedSession.beside(night.spark()));
    try {
      Optional<Row> row =
          own.table(PublishedTables.CUSTOMER_INDICATORS)
              .flatMap(rows -> first(rows.filter(col(Columns.CUSTOMER_ID).equalTo(customer))));
      return row.isEmpty()
          ? Optional.empty()
          : Optional.of(new Published(customer, of(plan, customer, row, own)));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static Optional<Row> first(Dataset<Row> rows) {
    return rows.takeAsList(1).stream().findFirst();
  }

  /** The known values by which customers are counted. */
  private static Map<String, String> characteristics(NightPlan plan, Row indicators) {
    Map<String, String> values = new TreeMap<>();
    for (String name : plan.scores().characteristics()) {
      Optional.<Object>ofNullable(indicators.getAs(name))
          .ifPresent(value -> values.put(name, value.toString()));
    }
    return values;
  }
}
