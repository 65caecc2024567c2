package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import io.karat.engine.CohortMonths;
import io.karat.engine.DerivedEntries;
import io.karat.engine.DerivedEntries.Place;
import io.karat.engine.FoldedLedgers;
import io.karat.ledger.Span;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSource;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Ledgers of customers: one row per customer with the days of each input, and their fold into the
 * parts of all measures.
 */
final class CustomerLedgers {
  private static final Set<String> GATHERED =
      Set.of(
          Receivables.CHANGES,
          Invoices.SUMS,
          Complaints.FILED,
          Services.COSTS,
          Complaints.SALE_DAYS);

  private final Map<InputTable, InputLedger> ledgers;
  private final List<DerivedMeasures> derived;
  private final Optional<CohortMonths> cohorts;
  private final Optional<EarlierDays> earlier;

  private CustomerLedgers(
      Map<InputTable, InputLedger> ledgers,
      List<DerivedMeasures> derived,
      Optional<CohortMonths> cohorts,
      Optional<EarlierDays> earlier) {
    this.ledgers = ledgers;
    this.earlier = earlier;
    this.derived = List.copyOf(derived);
    this.cohorts = cohorts;
  }

  /**
   * Ledgers of some inputs.
   *
   * @param hasCohorts whether the months of cohorts are folded too
   * @param earlier days that are taken from an earlier night; empty if there are none
   */
  static CustomerLedgers of(
      Map<InputTable, InputLedger> ledgers,
      Receivables receivables,
      Invoices invoices,
      Complaints complaints,
      Services services,
      boolean hasCohorts,
      Optional<EarlierDays> earlier) {
    Map<InputTable, InputLedger> ordered = new LinkedHashMap<>(new TreeMap<>(ledgers));
    CustomerLedgers plain = new CustomerLedgers(ordered, List.of(), Optional.empty(), earlier);
    SparkSession spark = ordered.values().iterator().next().rows().sparkSession();
    Optional<Place> billed = plain.place(InputTable.TRANSACTIONS, Receivables.CHANGES);
    List<Place> others =
        Stream.of(InputTable.PAYMENTS, InputTable.CUSTOMERS)
            .flatMap(table -> plain.place(table, Receivables.CHANGES).stream())
            .toList();
    Optional<Place> invoiced = plain.place(InputTable.TRANSACTIONS, Invoices.SUMS);
    Optional<Place> paid = plain.place(InputTable.PAYMENTS, Invoices.SUMS);
    List<DerivedMeasures> derived = new ArrayList<>();
    billed.map(place -> receivables.measures(spark, place, others)).ifPresent(derived::add);
    invoiced
        .flatMap(place -> paid.map(payments -> invoices.measures(spark, place, payments)))
        .ifPresent(derived::add);
    List<Place> saleDays =
        plain.place(InputTable.TRANSACTIONS, Complaints.SALE_DAYS).stream().toList();
    plain
        .place(InputTable.CONTACTS, Complaints.FILED)
        .map(filed -> complaints.measures(spark, filed, saleDays))
        .ifPresent(derived::add);
    plain
        .place(InputTable.CONTACTS, Services.COSTS)
        .map(costs -> services.measures(spark, costs, saleDays))
        .ifPresent(derived::add);
    Optional<CohortMonths> cohorts =
        Optional.ofNullable(ledgers.get(InputTable.TRANSACTIONS))
            .filter(it -> hasCohorts)
            .map(
                ledger ->
                    CohortSales.months(
                        plain.number(InputTable.TRANSACTIONS),
                        ledger,
                        plain.kept(InputTable.TRANSACTIONS, ledger)));
    return new CustomerLedgers(ordered, derived, cohorts, earlier);
  }

  /** From the first day of an input that has an entry of its own to the as-of day. */
  private Span kept(InputTable table, InputLedger ledger) {
    return Span.of(earlier.flatMap(before -> before.since(table)), ledger.measures().asOf().to());
  }

  private int number(InputTable table) {
    return List.copyOf(ledgers.keySet()).indexOf(table);
  }

  private Optional<Place> place(InputTable table, String gathered) {
    return Optional.ofNullable(ledgers.get(table))
        .flatMap(ledger -> ledger.place(gathered, number(table)));
  }

  /**
   * One row per customer: {@code customer_id}, and for each input a column with its days, null
   * where the customer has none. All inputs have the same partitioning by customer, so that no
   * exchange is needed.
   */
  Dataset<Row> rows() {
    Dataset<Row> built = built();
    if (earlier.isEmpty()) {
      return built;
    }

    EarlierDays before = earlier.get();
    String[] key = {Columns.CUSTOMER_ID};
    Dataset<Row> rows = before.rows().join(built.hint("shuffle_hash"), key, "full_outer");
    for (Map.Entry<InputTable, InputLedger> it : ledgers.entrySet()) {
      rows = before.replaced(rows, it.getKey(), it.getValue());
    }
    return rows;
  }

  /** The same of days that are built from rows of inputs. */
  private Dataset<Row> built() {
    List<InputLedger> all = List.copyOf(ledgers.values());
    if (all.size() == 1) {
      return all.get(0).rows();
    }

    List<Column> days = all.stream().map(ledger -> only(ledger.column())).toList();
    return all.stream()
        .map(InputLedger::rows)
        .reduce((some, more) -> some.unionByName(more, true))
        .orElseThrow()
        .groupBy(Columns.CUSTOMER_ID)
        .agg(days.get(0), days.subList(1, days.size()).toArray(Column[]::new));
  }

  /** What an entry of each input holds, as text. */
  Map<InputTable, String> layouts() {
    Map<InputTable, String> layouts = new TreeMap<>();
    ledgers.forEach((input, ledger) -> layouts.put(input, ledger.layout()));
    return layouts;
  }

  /** The only value of a group; a list of one is kept in memory as it is. */
  private static Column only(String column) {
    return get(collect_list(col(column)), lit(0)).as(column);
  }

  /**
   * One row per customer with the parts of all measures.
   *
   * @param rows rows of {@link #rows}
   */
  Dataset<Row> parts(Dataset<Row> rows) {
    List<FoldedLedgers.Ledger> folds = new ArrayList<>();
    List<FoldedLedgers.Value> values = new ArrayList<>();
    ledgers.forEach(
        (table, ledger) -> {
          values.addAll(ledger.measures().values(folds.size(), ledger.shape().days()::first));
          folds.add(ledger.folded(kept(table, ledger), GATHERED));
        });
    List<DerivedEntries> entries = new ArrayList<>();
    for (DerivedMeasures it : derived) {
      values.addAll(it.measures().values(folds.size() + entries.size(), it.entries()::first));
      entries.add(it.entries());
    }
    return rows.select(col(Columns.CUSTOMER_ID), FoldedLedgers.of(folds, entries, cohorts, values));
  }

  /** The results, computed from the parts, by the column of their use or tally. */
  Map<String, Column> results() {
    Map<String, Column> results = new TreeMap<>();
    ledgers.values().forEach(ledger -> results.putAll(ledger.measures().results()));
    derived.forEach(it -> results.putAll(it.measures().results()));
    return results;
  }

  /** The derived tables that some uses need. */
  static Set<MeasureSource> derived(List<Measure.Use> uses) {
    return Set.copyOf(
        uses.stream()
            .map(use -> use.measure().table())
            .filter(MeasureSource::isDerived)
            .distinct()
            .toList());
  }
}
