package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.input.InputRows;
import io.karat.measures.PeriodMeasure.Part;
import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import io.karat.tables.Money;
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

  public CustomerMeasures {
    uses = List.copyOf(uses);
  }

  /**
   * One row per customer of any candidate row: {@code customer_id}, one column per use, and the
   * {@link RowCountColumns} columns of each input.
   */
  public Dataset<Row> of(List<InputRows> inputs) {
    return state(inputs).results();
  }

  /**
   * One row per {@link CohortSales#COHORT} and {@link CohortSales#MONTHS_SINCE} with a sale or
   * return; empty without transactions.
   */
  public Optional<Dataset<Row>> cohorts(List<InputRows> inputs) {
    return find(InputTable.TRANSACTIONS, inputs)
        .map(
            transactions ->
                CohortSales.of(
                    new MeasuredInput(transactions, money, List.of(), asOf).units(), money));
  }

  /** The same, as merged partial aggregates from which the results are computed. */
  public State state(List<InputRows> inputs) {
    List<PartialMeasures> parts = new ArrayList<>();
    for (InputRows input : inputs) {
      parts.addAll(new InputMeasures(input, money, uses, asOf).parts());
    }
    Optional<InputRows> transactions = find(InputTable.TRANSACTIONS, inputs);
    Optional<InputRows> payments = find(InputTable.PAYMENTS, inputs);
    if (transactions.isPresent() && payments.isPresent()) {
      new Receivables(money, uses, asOf)
          .parts(transactions.get(), payments.get(), find(InputTable.CUSTOMERS, inputs))
          .ifPresent(parts::add);
      new Invoices(money, uses, asOf)
          .parts(transactions.get(), payments.get())
          .ifPresent(parts::add);
    }
    return new State(merged(parts), results(parts, inputs));
  }

  /**
   * All frames have the same partitioning by customer, so that the union and the merge need no
   * exchange.
   */
  private static Dataset<Row> merged(List<PartialMeasures> parts) {
    if (parts.size() == 1) {
      return parts.get(0).rows();
    }

    Dataset<Row> rows =
        parts.stream()
            .map(PartialMeasures::rows)
            .reduce((some, more) -> some.unionByName(more, true))
            .orElseThrow();
    return PartialMeasures.grouped(
        rows,
        List.of(Columns.CUSTOMER_ID),
        parts.stream().flatMap(part -> part.parts().stream()).map(Part::merged).toList());
  }

  private List<Column> results(List<PartialMeasures> parts, List<InputRows> inputs) {
    Map<String, Column> known = new TreeMap<>();
    parts.forEach(part -> known.putAll(part.results()));
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

  private static Optional<InputRows> find(InputTable table, List<InputRows> inputs) {
    return inputs.stream().filter(input -> input.table() == table).findFirst();
  }

  /**
   * Merged partial aggregates of all measures, one row per customer. A stored frame of them may
   * also have rows without a customer, which are ignored.
   *
   * <p>The partial aggregates are whole numbers and cheap to compute; the decimals of the results
   * are computed in a projection of their own, so that neither is too large for code generation.
   */
  public static final class State {
    private final Dataset<Row> parts;
    private final List<Column> results;

    private State(Dataset<Row> parts, List<Column> results) {
      this.parts = parts;
      this.results = List.copyOf(results);
    }

    /** The partial aggregates, one row per customer. */
    public Dataset<Row> parts() {
      return parts;
    }

    /** The same state, with the partial aggregates read back from storage. */
    public State of(Dataset<Row> stored) {
      return new State(stored, results);
    }

    /**
     * {@code customer_id}, one column per use, and the {@link RowCountColumns} columns of each
     * input.
     */
    public Dataset<Row> results() {
      return parts
          .filter(col(Columns.CUSTOMER_ID).isNotNull())
          .select(results.toArray(Column[]::new));
    }
  }
}
