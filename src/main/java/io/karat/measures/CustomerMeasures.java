package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.input.InputRows;
import io.karat.measures.PeriodMeasure.Part;
import io.karat.settings.InputTable;
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
 * Computes measures per customer, over the periods that are asked for, from all inputs.
 *
 * @param money the money of this business
 * @param uses which measures, over which periods
 * @param asOf everything up to the as-of day
 */
public record CustomerMeasures(Money money, List<Measure.Use> uses, Period asOf) {
  private static final String CUSTOMER = "customer_id";

  public CustomerMeasures {
    uses = List.copyOf(uses);
  }

  /**
   * One row per customer of any candidate row: {@code customer_id}, one column per use, and the
   * {@link RowCountColumns} of each input.
   */
  public Dataset<Row> of(List<InputRows> inputs) {
    return state(inputs).results();
  }

  /** The same, as the merged parts of which the measures are then computed. */
  public State state(List<InputRows> inputs) {
    List<PartialMeasures> parts = new ArrayList<>();
    for (InputRows input : inputs) {
      parts.addAll(new InputMeasures(input, money, uses, asOf).parts());
    }
    find(InputTable.PAYMENTS, inputs)
        .flatMap(
            payments ->
                new Receivables(money, uses, asOf)
                    .parts(
                        find(InputTable.TRANSACTIONS, inputs).orElseThrow(),
                        payments,
                        find(InputTable.CUSTOMERS, inputs)))
        .ifPresent(parts::add);
    return new State(merged(parts), results(parts, inputs));
  }

  /**
   * All frames are laid out by customer in the same way, so putting them under each other and
   * merging moves no row.
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
        List.of(CUSTOMER),
        parts.stream().flatMap(part -> part.parts().stream()).map(Part::merged).toList());
  }

  private List<Column> results(List<PartialMeasures> parts, List<InputRows> inputs) {
    Map<String, Column> known = new TreeMap<>();
    parts.forEach(part -> known.putAll(part.results()));
    List<Column> results = new ArrayList<>(List.of(col(CUSTOMER)));
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
   * Merged parts of measures, one row per customer, beside which a stored frame may have other
   * rows.
   *
   * <p>Parts are whole numbers and small to compute; the decimals of the results are left to a
   * projection of their own, so that neither is too large to be compiled well.
   */
  public static final class State {
    private final Dataset<Row> parts;
    private final List<Column> results;

    private State(Dataset<Row> parts, List<Column> results) {
      this.parts = parts;
      this.results = List.copyOf(results);
    }

    /** The parts, one row per customer. */
    public Dataset<Row> parts() {
      return parts;
    }

    /** The same state, read back from where its parts were stored. */
    public State of(Dataset<Row> stored) {
      return new State(stored, results);
    }

    /** {@code customer_id}, one column per use, and the {@link RowCountColumns} of each input. */
    public Dataset<Row> results() {
      return parts.filter(col(CUSTOMER).isNotNull()).select(results.toArray(Column[]::new));
    }
  }
}
