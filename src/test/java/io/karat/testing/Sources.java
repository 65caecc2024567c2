package io.karat.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.karat.input.Aliases;
import io.karat.input.InputRows;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The source rows of each input, in columns that are mapped by their own names. */
public record Sources(Map<InputTable, Dataset<Row>> tables) {
  public Sources {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
  }

  /** The only required input, transactions. */
  public static Sources of(Dataset<Row> transactions) {
    return new Sources(Map.of(InputTable.TRANSACTIONS, transactions));
  }

  /** These sources with an input added or replaced. */
  public Sources with(InputTable table, Dataset<Row> rows) {
    Map<InputTable, Dataset<Row>> more = new TreeMap<>(tables);
    more.put(table, rows);
    return new Sources(more);
  }

  public Dataset<Row> of(InputTable table) {
    return Optional.ofNullable(tables.get(table)).orElseThrow();
  }

  /** The night of a configuration that maps these sources, changed as by {@code --set}. */
  public Night night(String... sets) {
    return Night.with(Stream.concat(mapped(), Stream.of(sets)).toArray(String[]::new));
  }

  private Stream<String> mapped() {
    return tables.entrySet().stream()
        .flatMap(
            table -> {
              String place = "inputs." + table.getKey().tableName();
              Set<String> found = Set.of(table.getValue().columns());
              return Stream.concat(
                  Stream.of(place + ".path=unused"),
                  table.getKey().columns().stream()
                      .map(InputTable.Column::name)
                      .filter(found::contains)
                      .map(name -> "%s.columns.%s=%s".formatted(place, name, name)));
            });
  }

  /** The rows of each input of customers; aliases are resolved in them. */
  public List<InputRows> rows(Night night, String asOf) {
    Optional<Aliases> aliases = aliases(night);
    return tables.entrySet().stream()
        .filter(table -> table.getKey().hasCustomers())
        .map(table -> night.rows(table.getKey(), table.getValue(), aliases, asOf))
        .toList();
  }

  /** The aliases of customers, if they are delivered. */
  public Optional<Aliases> aliases(Night night) {
    return Optional.ofNullable(tables.get(InputTable.ALIASES)).map(rows -> followed(rows, night));
  }

  private static Aliases followed(Dataset<Row> rows, Night night) {
    return Aliases.of(
        InputRows.of(
                rows,
                night.mapping(InputTable.ALIASES),
                Optional.empty(),
                LocalDate.EPOCH,
                Set.of("alias_id"),
                4)
            .candidates()
            .filter(not(col("is_duplicate"))));
  }

  /** The indicators of every customer with a used row of any input. */
  public Dataset<Row> indicators(String asOf, String... sets) {
    Night night = night(sets);
    return night.indicators(rows(night, asOf), asOf);
  }

  /** Compares the expected columns of the indicators. */
  public void assertIndicators(Dataset<Row> expected, String asOf, String... sets) {
    TextTable.assertFrame(
        expected,
        indicators(asOf, sets)
            .select(Arrays.stream(expected.columns()).map(functions::col).toArray(Column[]::new)));
  }
}
