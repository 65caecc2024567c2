package io.karat.explain;

import static org.apache.spark.sql.functions.col;

import io.karat.indicators.IndicatorFormula;
import io.karat.measures.Measure;
import io.karat.night.CustomerIds;
import io.karat.night.PublishedTables;
import io.karat.publishing.Commit;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Published row of a customer for a night, compared with the row computed now.
 *
 * @param runId the recorded run of the night
 * @param isLive whether readers see that run
 * @param state the result of the comparison
 * @param columns the number of indicators that both rows have
 * @param differences the columns that both rows have and that differ
 * @param onlyPublished columns that are not computed now
 * @param onlyComputed columns that were not computed then
 */
public record PublishedCustomer(
    String runId,
    boolean isLive,
    State state,
    int columns,
    List<Difference> differences,
    List<String> onlyPublished,
    List<String> onlyComputed) {
  private static final Set<String> ABOUT_THE_ROW =
      Set.of(Columns.AS_OF_DATE, Columns.RUN_ID, Columns.CUSTOMER_ID);

  public PublishedCustomer {
    differences = List.copyOf(differences);
    onlyPublished = List.copyOf(onlyPublished);
    onlyComputed = List.copyOf(onlyComputed);
  }

  /** Result of comparing the two rows of a customer. */
  public enum State {
    /** Both rows exist and are equal. */
    EQUAL,
    /** Both rows exist and differ. */
    DIFFERENT,
    /** The customer has no row in the published table. */
    ONLY_COMPUTED,
    /** The customer would have no row now. */
    ONLY_PUBLISHED,
    /** Neither row exists. */
    NEITHER,
    /** The published tables are deleted. */
    DELETED
  }

  /** Column in which the rows differ; a value is empty if it is null. */
  public record Difference(String column, Optional<Object> published, Optional<Object> computed) {}

  /**
   * Reads the published row; empty if the night is not published.
   *
   * @param computed the row of customer_indicators that is computed now, if there is one
   */
  static Optional<PublishedCustomer> of(
      CustomerIds ids,
      Optional<Row> computed,
      List<IndicatorFormula> formulas,
      PublishedNight night)
      throws IOException {
    Commit head = night.output().head();
    Optional<String> runId =
        Optional.ofNullable(head.nights().get(night.asOf())).map(Commit.Night::runId);
    if (runId.isEmpty()) {
      return Optional.empty();
    }

    boolean isLive = head.live().equals(runId.get());
    Optional<Dataset<Row>> indicators = night.table(PublishedTables.CUSTOMER_INDICATORS);
    if (indicators.isEmpty()) {
      return Optional.of(without(runId.get(), isLive, State.DELETED));
    }

    Optional<Row> published =
        indicators.get().filter(col(Columns.CUSTOMER_ID).equalTo(ids.id())).takeAsList(1).stream()
            .findFirst();
    return Optional.of(compared(runId.get(), isLive, published, computed, formulas));
  }

  private static PublishedCustomer without(String runId, boolean isLive, State state) {
    return new PublishedCustomer(runId, isLive, state, 0, List.of(), List.of(), List.of());
  }

  private static PublishedCustomer compared(
      String runId,
      boolean isLive,
      Optional<Row> published,
      Optional<Row> computed,
      List<IndicatorFormula> formulas) {
    if (published.isEmpty() || computed.isEmpty()) {
      State state =
          published.isPresent()
              ? State.ONLY_PUBLISHED
              : computed.isPresent() ? State.ONLY_COMPUTED : State.NEITHER;
      return without(runId, isLive, state);
    }

    Set<String> then = indicators(published.get());
    Set<String> now = indicators(computed.get());
    Set<String> both = new LinkedHashSet<>(now);
    both.retainAll(then);
    List<Difference> differences =
        differences(both, published.get(), computed.get(), uses(formulas));
    then.removeAll(both);
    now.removeAll(both);
    boolean isEqual = differences.isEmpty() && then.isEmpty() && now.isEmpty();
    return new PublishedCustomer(
        runId,
        isLive,
        isEqual ? State.EQUAL : State.DIFFERENT,
        both.size(),
        differences,
        List.copyOf(then),
        List.copyOf(now));
  }

  private static List<Difference> differences(
      Set<String> columns, Row published, Row computed, Map<String, List<Measure.Use>> uses) {
    List<Difference> differences = new ArrayList<>();
    for (String column : columns) {
      if (!comparable(published, column).equals(comparable(computed, column))) {
        List<Measure.Use> behind = uses.getOrDefault(column, List.of());
        differences.add(
            new Difference(
                column,
                DisclosedValue.of(published, column, behind),
                DisclosedValue.of(computed, column, behind)));
      }
    }
    return differences;
  }

  /** The value to compare: numbers are equal regardless of trailing zeros. */
  private static Optional<Object> comparable(Row row, String column) {
    Object value = row.getAs(column);
    return Optional.ofNullable(
        value instanceof BigDecimal number ? number.stripTrailingZeros() : value);
  }

  private static Set<String> indicators(Row row) {
    Set<String> columns = new LinkedHashSet<>(Arrays.asList(row.schema().fieldNames()));
    columns.removeAll(ABOUT_THE_ROW);
    return columns;
  }

  private static Map<String, List<Measure.Use>> uses(List<IndicatorFormula> formulas) {
    Map<String, List<Measure.Use>> uses = new LinkedHashMap<>();
    formulas.forEach(formula -> uses.put(formula.column().name(), formula.uses()));
    return uses;
  }
}
