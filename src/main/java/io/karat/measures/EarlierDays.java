package io.karat.measures;

import static org.apache.spark.sql.functions.col;

import io.karat.engine.ReplacedDays;
import io.karat.settings.InputTable;
import io.karat.state.CohortMonth;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Days of customers as an earlier night put them together, of which some are built anew.
 *
 * @param customers one row per customer, as {@link CustomerMeasures.State#stored} gave them,
 *     partitioned by customer
 * @param inputs the inputs whose other days are taken from them
 * @param cohorts the months of cohorts before the first day of transactions that keeps an entry of
 *     its own
 */
public record EarlierDays(
    Dataset<Row> customers, SortedMap<InputTable, Replaced> inputs, List<CohortMonth> cohorts) {
  private static final String EARLIER = "earlier_";
  private static final String DIFFERING = "differing_";

  public EarlierDays {
    inputs = Collections.unmodifiableSortedMap(new TreeMap<>(inputs));
    cohorts = List.copyOf(cohorts);
  }

  /**
   * Days of an input that are replaced.
   *
   * @param since the first day that keeps an entry of its own; those before become one
   * @param rebuilt the days that are built anew, none of them before
   * @param compared those of them that should be what they were
   */
  public record Replaced(LocalDate since, List<LocalDate> rebuilt, List<LocalDate> compared) {
    public Replaced {
      rebuilt = List.copyOf(rebuilt);
      compared = List.copyOf(compared);
    }
  }

  /** The column of the days of an input. */
  static String column(String input) {
    return input + "_days";
  }

  private static String column(InputTable input) {
    return column(input.tableName());
  }

  /** The column of the number of compared days of an input that are not what they were. */
  public static String differing(InputTable input) {
    return DIFFERING + column(input);
  }

  /** The columns of {@link #customers} with the days of some inputs. */
  public static StructType schema(Collection<InputTable> inputs) {
    StructType schema = new StructType().add(Columns.CUSTOMER_ID, DataTypes.StringType);
    for (InputTable input : inputs) {
      schema = schema.add(column(input), DataTypes.BinaryType);
    }
    return schema;
  }

  /** The first day of an input that keeps an entry of its own; empty if all do. */
  Optional<LocalDate> since(InputTable input) {
    return Optional.ofNullable(inputs.get(input)).map(Replaced::since);
  }

  /** The columns of {@link #rows}. */
  List<String> columns() {
    return inputs.keySet().stream().map(input -> EARLIER + column(input)).toList();
  }

  /** The earlier days of each customer. */
  Dataset<Row> rows() {
    List<Column> columns = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    inputs.keySet().forEach(it -> columns.add(col(column(it)).as(EARLIER + column(it))));
    return customers
        .filter(col(Columns.CUSTOMER_ID).isNotNull())
        .select(columns.toArray(Column[]::new));
  }

  /** Puts the earlier days of an input and those built anew together, in rows that have both. */
  Dataset<Row> replaced(Dataset<Row> rows, InputTable input, InputLedger ledger) {
    Replaced replaced = inputs.get(input);
    if (replaced == null) {
      return rows;
    }

    String earlier = EARLIER + ledger.column();
    List<Column> columns = new ArrayList<>();
    Stream.of(rows.columns())
        .filter(name -> !name.equals(earlier) && !name.equals(ledger.column()))
        .forEach(name -> columns.add(col(name)));
    columns.add(
        ReplacedDays.of(
            earlier,
            ledger.column(),
            ledger.shape(),
            number(replaced.since()),
            numbers(replaced.rebuilt()),
            numbers(replaced.compared()),
            differing(input)));
    return rows.select(columns.toArray(Column[]::new));
  }

  private static List<Integer> numbers(Collection<LocalDate> days) {
    return days.stream().map(EarlierDays::number).toList();
  }

  private static int number(LocalDate day) {
    return Math.toIntExact(day.toEpochDay());
  }
}
