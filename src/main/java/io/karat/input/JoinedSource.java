package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.run.InputErrors;
import io.karat.run.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Source with tables joined to its rows by key: the same rows with more columns, null where a table
 * has no row of that key. {@link #UNMATCHED} says which tables have none.
 */
final class JoinedSource implements OpenedSource {
  /** A set of joined tables that have no row for this one, a bit for each. */
  static final String UNMATCHED = "_karat_unmatched";

  private final String table;
  private final OpenedSource content;
  private final List<JoinedTable> joins;
  private boolean isUnique;

  private JoinedSource(String table, OpenedSource content, List<JoinedTable> joins) {
    this.table = table;
    this.content = content;
    this.joins = List.copyOf(joins);
  }

  /**
   * Opens the tables to join.
   *
   * @param table the input, for messages
   * @throws io.karat.run.InputException naming all that are not there
   */
  static JoinedSource of(
      String table,
      OpenedSource content,
      List<Source.Join> joins,
      Function<Source.Join, OpenedSource> opened) {
    return new JoinedSource(
        table,
        content,
        InputErrors.of(joins, join -> new JoinedTable(table, join, opened.apply(join))));
  }

  @Override
  public List<String> lines() {
    return all().flatMap(source -> source.lines().stream()).toList();
  }

  @Override
  public int files() {
    return all().mapToInt(OpenedSource::files).sum();
  }

  @Override
  public long bytes() {
    return all().mapToLong(OpenedSource::bytes).sum();
  }

  /** The states of all that have one; the files of the others are counted. */
  @Override
  public Optional<String> state() {
    List<String> states = new ArrayList<>(all().flatMap(it -> it.state().stream()).toList());
    if (states.isEmpty()) {
      return Optional.empty();
    }

    if (files() > 0) {
      states.add(files() == 1 ? "1 file" : files() + " files");
    }
    return Optional.of(String.join(", ", states));
  }

  @Override
  public Dataset<Row> rows(SourceColumns columns) {
    return joined(content.rows(own(columns)), columns);
  }

  @Override
  public Dataset<Row> namedRows(SourceColumns columns) {
    return joined(content.namedRows(own(columns)), columns);
  }

  @Override
  public void requireRows(long arrived, SourceColumns columns) {
    content.requireRows(arrived, own(columns));
  }

  @Override
  public void requireUnchanged() {
    all().forEach(OpenedSource::requireUnchanged);
  }

  private Stream<OpenedSource> all() {
    return Stream.concat(Stream.of(content), joins.stream().map(JoinedTable::content));
  }

  private Dataset<Row> joined(Dataset<Row> rows, SourceColumns columns) {
    requireUnique(columns);
    Dataset<Row> joined = rows.withColumn(UNMATCHED, lit(0L));
    for (int i = 0; i < joins.size(); i++) {
      requireNewNames(joins.get(i), joined, columns);
      joined = joins.get(i).joinedTo(joined, i, columns);
    }
    return joined;
  }

  /** Looks once whether each key names a row: more would multiply the rows of the input. */
  private synchronized void requireUnique(SourceColumns columns) {
    if (!isUnique) {
      InputErrors.of(joins, join -> join.requireUnique(columns));
      isUnique = true;
    }
  }

  private void requireNewNames(JoinedTable join, Dataset<Row> rows, SourceColumns columns) {
    List<String> taken =
        join.brought(columns).stream()
            .filter(name -> Arrays.stream(rows.columns()).anyMatch(name::equalsIgnoreCase))
            .toList();
    if (!taken.isEmpty()) {
      throw new UsageException(
          "Input '%s' cannot be joined with %s: both have %s. Name the columns to bring in 'inputs.%s.columns', such as {joined_%s: %s}."
              .formatted(
                  table,
                  join.shown(),
                  quoted(taken),
                  join.name(),
                  taken.get(0).replaceAll("\\W+", "_"),
                  taken.get(0)));
    }
  }

  static String quoted(List<String> names) {
    return String.join(", ", names.stream().map("'%s'"::formatted).toList());
  }

  /** True where the table of that number has no row. */
  static Column isUnmatched(int number) {
    return col(UNMATCHED).bitwiseAND(lit(1L << number)).notEqual(lit(0L));
  }

  /** What this source's own reader is asked for: all but what the tables bring. */
  private SourceColumns own(SourceColumns columns) {
    Set<String> used = new TreeSet<>(columns.sourceColumns());
    Set<String> required = new TreeSet<>(columns.requiredSourceColumns());
    for (JoinedTable join : joins) {
      Collection<String> brought = join.brought(columns);
      used.addAll(join.ownKey());
      required.addAll(join.ownKey());
      required.removeIf(name -> brought.stream().anyMatch(name::equalsIgnoreCase));
    }
    return new Names(used, required);
  }

  /** Names of columns that a reader is asked for. */
  record Names(Set<String> sourceColumns, Set<String> requiredSourceColumns)
      implements SourceColumns {}
}
