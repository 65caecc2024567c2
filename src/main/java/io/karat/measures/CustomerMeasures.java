package io.karat.measures;

import static java.util.Comparator.naturalOrder;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.input.InputRows;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSource;
import io.karat.state.CohortMonth;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures per customer and period, computed from all inputs.
 *
 * @param money the configured money format
 * @param uses the measures and their periods
 * @param asOf the lifetime up to the as-of day
 */
public record CustomerMeasures(Money money, List<Measure.Use> uses, Period asOf) {

  /** Customers have no days: their measures cover all that is known. */
  private static final Column NO_DAY = lit(LocalDate.EPOCH);

  public CustomerMeasures {
    uses = List.copyOf(uses);
  }

  /** The first day of the longest period that has a beginning; the as-of day if none has. */
  public LocalDate firstDay() {
    return uses.stream()
        .flatMap(use -> use.period().from().stream())
        .min(naturalOrder())
        .orElse(asOf.to());
  }

  /**
   * One row per customer of any candidate row: {@code customer_id}, one column per use, and the
   * {@link RowCountColumns} columns of each input.
   */
  public Dataset<Row> of(List<InputRows> inputs) {
    return state(inputs).results();
  }

  /** The same, as days from which partial aggregates and results are computed. */
  public State state(List<InputRows> inputs) {
    return state(inputs, Optional.empty(), false);
  }

  /**
   * The same, with the months of cohorts if there are transactions.
   *
   * @param earlier days that are taken from an earlier night; empty if there are none
   */
  public State stateWithCohorts(List<InputRows> inputs, Optional<EarlierDays> earlier) {
    return state(inputs, earlier, true);
  }

  private State state(List<InputRows> inputs, Optional<EarlierDays> earlier, boolean hasCohorts) {
    Receivables receivables = new Receivables(money, uses, asOf);
    Map<InputTable, InputLedger> byInput = new TreeMap<>();
    inputs.forEach(input -> byInput.put(input.table(), ledger(input, receivables, hasCohorts)));
    CustomerLedgers ledgers =
        CustomerLedgers.of(
            byInput,
            receivables,
            new Invoices(money, uses, asOf),
            new Complaints(money, uses, asOf),
            new Services(money, uses, asOf),
            hasCohorts,
            earlier);
    boolean isTraded = hasCohorts && byInput.containsKey(InputTable.TRANSACTIONS);
    return new State(
        ledgers,
        ledgers.rows(),
        results(ledgers.results(), inputs),
        isTraded ? Optional.of(money) : Optional.empty(),
        earlier.map(EarlierDays::cohorts).orElse(List.of()));
  }

  private InputLedger ledger(InputRows input, Receivables receivables, boolean hasCohorts) {
    MeasureSource table = MeasureSource.valueOf(input.table().name());
    List<Measure.Use> own =
        uses.stream().filter(use -> use.measure().table() == table).distinct().toList();
    List<Measure> measures =
        new ArrayList<>(own.stream().map(Measure.Use::measure).distinct().toList());
    if (hasCohorts && table == MeasureSource.TRANSACTIONS) {
      measures.addAll(CohortSales.measures());
    }
    MeasuredInput measured =
        new MeasuredInput(input, money, measures, CustomerLedgers.derived(uses), receivables, asOf);
    EventMeasures events = new EventMeasures(DayScope.of(table, money), money, own, asOf);
    return input.isLines()
        ? events.ofLines(measured.lines())
        : events.ofRows(measured.rows(), table == MeasureSource.CUSTOMERS ? NO_DAY : col("day"));
  }

  private List<Column> results(Map<String, Column> known, List<InputRows> inputs) {
    List<Column> results = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    uses.stream()
        .map(Measure.Use::column)
        .distinct()
        .forEach(name -> results.add(Objects.requireNonNull(known.get(name)).as(name)));
    for (InputRows input : inputs) {
      RowCountColumns tally = new RowCountColumns(input.table());
      tally.rows().forEach(name -> results.add(known.getOrDefault(name, lit(0L)).as(name)));
      Column none = lit(0).cast(money.sumType());
      tally.amounts().forEach(name -> results.add(known.getOrDefault(name, none).as(name)));
    }
    return results;
  }

  /**
   * Days of all customers and the measures that are made of them. A stored frame of the days may
   * also have rows without a customer, which are ignored.
   *
   * <p>The partial aggregates are whole numbers and cheap to compute; the decimals of the results
   * are computed in a projection of their own, so that neither is too large for code generation.
   */
  public static final class State {
    private final CustomerLedgers ledgers;
    private final Dataset<Row> rows;
    private final List<Column> results;
    private final Optional<Money> cohorts;
    private final List<CohortMonth> closed;

    private State(
        CustomerLedgers ledgers,
        Dataset<Row> rows,
        List<Column> results,
        Optional<Money> cohorts,
        List<CohortMonth> closed) {
      this.ledgers = ledgers;
      this.rows = rows;
      this.results = List.copyOf(results);
      this.cohorts = cohorts;
      this.closed = List.copyOf(closed);
    }

    /** The days of each input, one row per customer. */
    public Dataset<Row> stored() {
      return rows;
    }

    /** What the days of an input hold, as text; empty if it is not there. */
    public Optional<String> layout(InputTable input) {
      return Optional.ofNullable(ledgers.layouts().get(input));
    }

    /** The partial aggregates of each customer, folded from days that were stored. */
    public Dataset<Row> folded(Dataset<Row> stored) {
      return ledgers.parts(stored.filter(col(Columns.CUSTOMER_ID).isNotNull()));
    }

    /**
     * The months of cohorts with a sale or return; none without transactions, or if they are not
     * wanted.
     *
     * @param folded what {@link #folded} gave
     */
    public List<CohortMonth> cohorts(Dataset<Row> folded) {
      List<CohortMonth> months = new ArrayList<>(closed);
      cohorts.map(money -> CohortSales.of(folded, money)).ifPresent(months::addAll);
      return months;
    }

    /**
     * {@code customer_id}, one column per use, and the {@link RowCountColumns} columns of each
     * input.
     *
     * @param folded what {@link #folded} gave
     */
    public Dataset<Row> results(Dataset<Row> folded) {
      return folded.select(results.toArray(Column[]::new));
    }

    /** The same, computed at once. */
    public Dataset<Row> results() {
      return results(folded(rows));
    }
  }
}
