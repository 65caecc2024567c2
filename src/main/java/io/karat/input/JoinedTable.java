package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.SourceFormat;
import io.karat.expressions.Spelling;
import io.karat.run.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Table whose columns the rows of an input get by key; keys are compared as {@link JoinKey} says.
 *
 * @param input the input to whose rows it is joined
 * @param content the table as it stood when it was opened
 */
record JoinedTable(String input, Source.Join join, OpenedSource content) {
  private static final String KEY = "_karat_joined_key_";
  private static final String OWN_KEY = "_karat_key_";

  /** Columns that are not those of a source, but say how its rows were read. */
  static final Set<String> OF_READING =
      Set.of(
          SourceFormat.FILE,
          SourceFormat.FILE_NUMBER,
          SourceFormat.MALFORMED,
          JoinedSource.UNMATCHED);

  /** The key of its settings below {@code inputs}, such as {@code transactions.join}. */
  String name() {
    return join.to().table();
  }

  /** The columns of the rows that make the key, in order. */
  List<String> ownKey() {
    return List.copyOf(join.settings().on().keySet());
  }

  private List<String> theirKey() {
    return List.copyOf(join.settings().on().values());
  }

  /** The names of the columns that it brings. */
  Collection<String> brought(SourceColumns columns) {
    return brought(content.rows(needed(columns))).keySet();
  }

  /** The columns to bring by their new names, each with its name in the table. */
  private Map<String, String> brought(Dataset<Row> table) {
    if (!join.settings().columns().isEmpty()) {
      return join.settings().columns();
    }

    Map<String, String> all = new LinkedHashMap<>();
    Stream.of(table.columns())
        .filter(name -> theirKey().stream().noneMatch(name::equalsIgnoreCase))
        .filter(name -> !OF_READING.contains(name))
        .forEach(name -> all.put(name, name));
    return all;
  }

  private SourceColumns needed(SourceColumns columns) {
    Map<String, String> brought = join.settings().columns();
    Set<String> used = new TreeSet<>(theirKey());
    used.addAll(brought.isEmpty() ? columns.sourceColumns() : brought.values());
    return new JoinedSource.Names(used, new TreeSet<>(theirKey()));
  }

  /**
   * Looks whether every key of the table names one row, and whether all its rows are there.
   *
   * @return the number of its rows
   * @throws InputException if not
   */
  long requireUnique(SourceColumns columns) {
    Row counts =
        rowsByKey(content.rows(needed(columns)))
            .agg(sum("rows"), count_if(col("rows").gt(1).and(isKey())))
            .first();
    if (counts.getLong(1) > 0) {
      throw repeated(counts.getLong(1), content.namedRows(needed(columns)));
    }
    long rows = counts.isNullAt(0) ? 0 : counts.getLong(0);
    content.requireRows(rows, needed(columns));
    return rows;
  }

  private InputException repeated(long keys, Dataset<Row> named) {
    Optional<String> file =
        Optional.of(SourceFormat.FILE).filter(Arrays.asList(named.columns())::contains);
    return problem(
        "%s of '%s' %s in several rows%s. Expected one row for each. Deliver each once, or add to 'inputs.%s.on' what tells them apart."
            .formatted(
                keys == 1 ? "1 value" : keys + " values",
                String.join("', '", theirKey()),
                keys == 1 ? "is" : "are",
                file.map(name -> ", as in file '%s'".formatted(firstFile(named))).orElse(""),
                name()));
  }

  private String firstFile(Dataset<Row> named) {
    return rowsByKey(named)
        .filter(col("rows").gt(1).and(isKey()))
        .agg(min("file"))
        .first()
        .getString(0)
        .replaceFirst("^file:/+", "/");
  }

  private Dataset<Row> rowsByKey(Dataset<Row> table) {
    boolean isNamed = Arrays.asList(table.columns()).contains(SourceFormat.FILE);
    Column file = isNamed ? col(SourceFormat.FILE) : lit("");
    return keyed(table).groupBy(keyColumns()).agg(count(lit(1)).as("rows"), max(file).as("file"));
  }

  /**
   * The rows with the columns of this table, each as often as before.
   *
   * @param number of this table among those that are joined
   */
  Dataset<Row> joinedTo(Dataset<Row> rows, int number, SourceColumns columns) {
    Dataset<Row> table = content.rows(needed(columns));
    Map<String, String> brought = brought(table);
    requireColumns(table, brought.values(), "columns");
    Dataset<Row> keyed = keyed(table);
    requireKeys(keys(rows, ownKey()), keys(table, theirKey()));

    Column isEqual =
        IntStream.range(0, ownKey().size())
            .mapToObj(i -> col(OWN_KEY + i).equalTo(col(KEY + i)))
            .reduce(lit(true), Column::and);
    Column isUnmatched = when(col(KEY + 0).isNull(), lit(1L << number)).otherwise(lit(0L));
    List<Column> all = new ArrayList<>();
    Stream.of(rows.columns())
        .filter(name -> !name.equals(JoinedSource.UNMATCHED))
        .forEach(name -> all.add(col(SourceFormat.quoted(name))));
    brought.keySet().forEach(name -> all.add(col(SourceFormat.quoted(name))));
    all.add(col(JoinedSource.UNMATCHED).bitwiseOR(isUnmatched).as(JoinedSource.UNMATCHED));
    return withKeys(rows)
        .join(partners(keyed, brought), isEqual, "left_outer")
        .select(all.toArray(Column[]::new));
  }

  private Dataset<Row> withKeys(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    List<JoinKey> keys = keys(rows, ownKey());
    for (int i = 0; i < keys.size(); i++) {
      columns.add(keys.get(i).text().as(OWN_KEY + i));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The rows of the table that may be someone's partner: their keys, and the columns to bring. */
  private Dataset<Row> partners(Dataset<Row> keyed, Map<String, String> brought) {
    List<Column> columns = new ArrayList<>(List.of(keyColumns()));
    brought.forEach((name, theirs) -> columns.add(col(SourceFormat.quoted(theirs)).as(name)));
    return keyed.filter(isKey()).select(columns.toArray(Column[]::new));
  }

  /** The table with the texts of its keys, null where a row is malformed. */
  private Dataset<Row> keyed(Dataset<Row> table) {
    boolean mayBeMalformed = Arrays.asList(table.columns()).contains(SourceFormat.MALFORMED);
    Column isSound = mayBeMalformed ? table.col(SourceFormat.MALFORMED).isNull() : lit(true);
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    List<JoinKey> keys = keys(table, theirKey());
    for (int i = 0; i < keys.size(); i++) {
      columns.add(when(isSound, keys.get(i).text()).as(KEY + i));
    }
    return table.select(columns.toArray(Column[]::new));
  }

  private List<JoinKey> keys(Dataset<Row> rows, List<String> names) {
    requireColumns(rows, names, "on");
    List<JoinKey> keys =
        names.stream().map(name -> JoinKey.of(rows, name, join.isIdRaw())).toList();
    List<String> wrong =
        keys.stream().filter(key -> !key.isReadable()).map(JoinKey::toString).toList();
    if (!wrong.isEmpty()) {
      throw problem(
          "%s, expected %s. Deliver it as one of these, or name another column in 'inputs.%s.on'."
              .formatted(String.join("; ", wrong), JoinKey.EXPECTED, name()));
    }
    return keys;
  }

  private void requireKeys(List<JoinKey> ours, List<JoinKey> theirs) {
    for (int i = 0; i < ours.size(); i++) {
      if (!ours.get(i).isComparable(theirs.get(i))) {
        throw problem(
            "%s, and %s in the table: no date equals a number. Deliver both in one type, or name another column in 'inputs.%s.on'."
                .formatted(ours.get(i), theirs.get(i), name()));
      }
    }
  }

  private void requireColumns(Dataset<Row> rows, Collection<String> names, String user) {
    List<String> found =
        Stream.of(rows.columns()).filter(name -> !OF_READING.contains(name)).toList();
    List<String> missing =
        names.stream()
            .filter(name -> found.stream().noneMatch(name::equalsIgnoreCase))
            .map(
                name ->
                    "column '%s', used by '%s', is missing.%s"
                        .formatted(name, user, Spelling.hint(name, found)))
            .toList();
    if (!missing.isEmpty()) {
      throw problem(
          "%s Found columns: %s".formatted(String.join(" ", missing), String.join(", ", found)));
    }
  }

  private InputException problem(String what) {
    return new InputException(
        "Input '%s' cannot be joined with %s: %s".formatted(input, shown(), what));
  }

  /** The table in messages: its path, else the key of its settings. */
  String shown() {
    return "'%s'".formatted(join.settings().shown());
  }

  private Column isKey() {
    return Stream.of(keyColumns()).map(Column::isNotNull).reduce(lit(true), Column::and);
  }

  private Column[] keyColumns() {
    return IntStream.range(0, ownKey().size()).mapToObj(i -> col(KEY + i)).toArray(Column[]::new);
  }
}
