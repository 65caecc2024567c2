package io.karat.explain;

import io.karat.engine.KeyText;
import io.karat.engine.StoredRow;
import io.karat.night.NightPlan;
import io.karat.night.PublishedTables;
import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.RunTables;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * Published answer about a customer: its states and a few figures as readers of the tables see
 * them. It is read without Spark, so that people have it before Spark has started.
 *
 * @param name of the customer; empty if none is mapped or known
 * @param states the code of each state that the customer has, by column
 * @param figures the values of indicators that are known, by column
 */
public record PublishedAnswer(
    String customer,
    Optional<String> name,
    LocalDate asOf,
    String runId,
    Map<String, String> states,
    Map<String, Object> figures) {
  private static final String DISPLAY_NAME = "display_name";
  private static final List<String> FIGURES =
      List.of(ScorePlan.SALES, "profit_365d", "last_sale_date");

  public PublishedAnswer {
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
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

    boolean isRaw = plan.mapping(plan.settings().inputs().leading()).isIdRaw();
    String customer = isRaw ? asked : KeyText.normalized(asked);
    List<String> columns =
        Stream.concat(
                new ValueTable(plan.scores()).states().stream().map(State::column),
                Stream.concat(FIGURES.stream(), Stream.of(DISPLAY_NAME)))
            .toList();
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    for (String table : List.of(ValueTable.NAME, PublishedTables.CUSTOMER_INDICATORS)) {
      Optional<Map<String, Optional<Object>>> row =
          StoredRow.of(tables.get().files(table), Columns.CUSTOMER_ID, customer, columns, hadoop);
      if (row.isEmpty()) {
        return Optional.empty();
      }
      values.putAll(row.get());
    }
    return Optional.of(of(plan, customer, asOf, release.orElseThrow().runId(), values));
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
        customer, known(values, DISPLAY_NAME).map(Object::toString), asOf, runId, states, figures);
  }

  private static Optional<Object> known(Map<String, Optional<Object>> values, String column) {
    return values.getOrDefault(column, Optional.empty());
  }
}
