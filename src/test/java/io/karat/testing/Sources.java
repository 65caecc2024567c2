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

/**
 * What a business delivers of each input: every column that an input knows is mapped by its own
 * name.
 */
public record Sources(Map<InputTable, Dataset<Row>> tables) {
  public Sources {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
  }

  /** Transactions, which every business has. */
  public static Sources of(Dataset<Row> transactions) {
    return new Sources(Map.of(InputTable.TRANSACTIONS, transactions));
  }

  /** The same with one more input, or with another in its place. */
  public Sources with(InputTable table, Dataset<Row> rows) {
    Map<InputTable, Dataset<Row>> more = new TreeMap<>(tables);
    more.put(table, rows);
    return new Sources(more);
  }

  public Dataset<Row> of(InputTable table) {
    return Optional.ofNullable(tables.get(table)).orElseThrow();
  }

  /** The night of a configuration that maps these, changed as {@code --set} does. */
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

  /** The rows of each input but aliases, which are resolved. */
  public List<InputRows> rows(Night night, String asOf) {
    Optional<Aliases> aliases = aliases(night);
    return tables.entrySet().stream()
        .filter(table -> table.getKey() != InputTable.ALIASES)
        .map(table -> night.rows(table.getKey(), table.getValue(), aliases, asOf))
        .toList();
  }

  /** Other ids of the same customer, if any are delivered. */
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

  /** The indicators of every customer of whom a row of any input is used. */
  public Dataset<Row> indicators(String asOf, String... sets) {
    Night night = night(sets);
    return night.indicators(rows(night, asOf), asOf);
  }

  /** Compares some columns of the indicators: those that are expected. */
  public void assertIndicators(Dataset<Row> expected, String asOf, String... sets) {
    TextTable.assertFrame(
        expected,
        indicators(asOf, sets)
            .select(Arrays.stream(expected.columns()).map(functions::col).toArray(Column[]::new)));
  }
}
