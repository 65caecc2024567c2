package io.karat.explain;

import io.karat.engine.StoredRow;
import io.karat.night.CustomerIds;
import io.karat.night.NightPlan;
import io.karat.night.PublishedTables;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunTables;
import io.karat.scores.ContributionTable;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.scores.ValueTable;
import io.karat.settings.Pyramid;
import io.karat.settings.WeightedIndicator;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Published answer about a customer: its states and a few figures as readers of the tables see
 * them. It is read without Spark, so that people have it before Spark has started.
 *
 * @param name of the customer; empty if none is mapped or known
 * @param states the code of each state that the customer has, by column
 * @param points the points behind each tier, by its column
 * @param figures the values of indicators that are known, by column
 */
public record PublishedAnswer(
    String customer,
    Optional<String> name,
    LocalDate asOf,
    String runId,
    Map<String, String> states,
    Map<String, Points> points,
    Map<String, Object> figures) {
  private static final String DISPLAY_NAME = "display_name";
  private static final List<String> FIGURES =
      List.of(ScorePlan.SALES, "profit_365d", "last_sale_date");

  public PublishedAnswer {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    points = Collections.unmodifiableMap(new LinkedHashMap<>(points));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /**
   * Points of a customer in a pyramid.
   *
   * @param missing the points to the next tier; empty in the highest
   * @param parts those that an indicator adds, by its column
   */
  public record Points(
      BigDecimal score, Optional<BigDecimal> missing, Map<String, BigDecimal> parts) {
    public Points {
      parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
  }

  /**
   * Reads what was published of a customer.
   *
   * @param asked the customer's own id; of an alias nothing is known without the aliases
   * @param night the night; the live one if empty
   * @return empty if the night has no tables, or no such customer
   */
  public static Optional<PublishedAnswer> of(
      NightPlan plan,
      String asked,
      Optional<LocalDate> night,
      OutputFolder output,
      Configuration hadoop)
      throws IOException {
    Commit head = output.head();
    if (head.isNone()) {
      return Optional.empty();
    }

    LocalDate asOf = night.orElseGet(head::liveAsOf);
    Optional<Release> release =
        Optional.ofNullable(head.nights().get(asOf)).flatMap(it -> head.release(it.runId()));
    Optional<RunTables> tables = release.map(output::tables);
    if (tables.isEmpty() || !tables.get().has(ValueTable.NAME)) {
      return Optional.empty();
    }

    String customer = CustomerIds.key(plan, asked);
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    for (String table :
        List.of(ValueTable.NAME, PublishedTables.CUSTOMER_INDICATORS, ContributionTable.NAME)) {
      if (tables.get().has(table)) {
        StoredRow.of(
                tables.get().files(table), Columns.CUSTOMER_ID, customer, columns(plan), hadoop)
            .ifPresent(values::putAll);
      }
    }
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(of(plan, customer, asOf, release.orElseThrow().runId(), values));
  }

  private static List<String> columns(NightPlan plan) {
    List<String> columns = new ArrayList<>(FIGURES);
    columns.add(DISPLAY_NAME);
    new ValueTable(plan.scores()).states().forEach(state -> columns.add(state.column()));
    for (Pyramid pyramid : plan.scores().models().pyramids()) {
      columns.add(ScoreColumns.score(pyramid));
      columns.add(ScoreColumns.pointsToNextTier(pyramid));
      pyramid.weights().forEach(it -> columns.add(part(pyramid, it.indicator())));
    }
    return columns;
  }

  private static String part(Pyramid pyramid, String indicator) {
    return pyramid.name() + ContributionTable.OF + indicator;
  }

  private static PublishedAnswer of(
      NightPlan plan,
      String customer,
      LocalDate asOf,
      String runId,
      Map<String, Optional<Object>> values) {
    Map<String, String> states = new LinkedHashMap<>();
    new ValueTable(plan.scores())
        .states()
        .forEach(
            it ->
                known(values, it.column())
                    .ifPresent(code -> states.put(it.column(), (String) code)));
    Map<String, Object> figures = new LinkedHashMap<>();
    FIGURES.forEach(it -> known(values, it).ifPresent(value -> figures.put(it, value)));
    return new PublishedAnswer(
        customer,
        known(values, DISPLAY_NAME).map(Object::toString),
        asOf,
        runId,
        states,
        points(plan, values),
        figures);
  }

  private static Map<String, Points> points(NightPlan plan, Map<String, Optional<Object>> values) {
    Map<String, Points> points = new LinkedHashMap<>();
    for (Pyramid pyramid : plan.scores().models().pyramids()) {
      Map<String, BigDecimal> parts = new LinkedHashMap<>();
      for (WeightedIndicator weight : pyramid.weights()) {
        number(values, part(pyramid, weight.indicator()))
            .filter(part -> part.signum() != 0)
            .ifPresent(part -> parts.put(weight.indicator(), part));
      }
      Optional<BigDecimal> missing = number(values, ScoreColumns.pointsToNextTier(pyramid));
      number(values, ScoreColumns.score(pyramid))
          .ifPresent(
              score -> points.put(ScoreColumns.tier(pyramid), new Points(score, missing, parts)));
    }
    return points;
  }

  private static Optional<BigDecimal> number(Map<String, Optional<Object>> values, String column) {
    return known(values, column).map(BigDecimal.class::cast);
  }

  private static Optional<Object> known(Map<String, Optional<Object>> values, String column) {
    return values.getOrDefault(column, Optional.empty());
  }
}
