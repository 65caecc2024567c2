package io.karat.input;

import io.karat.engine.FileLayout;
import io.karat.engine.SourceFormat;
import io.karat.run.InputException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Files that were listed; they are opened once, when their rows are first read. */
public final class OpenedFiles implements OpenedSource {
  private final String table;
  private final SourceFormat format;
  private final List<SourceFile> files;
  private Map<Integer, FileLayout> known = Map.of();
  private Optional<SourceRows> opened = Optional.empty();

  /**
   * Files that have been listed.
   *
   * @param table the input, for messages
   * @param files in the order of their paths
   */
  OpenedFiles(String table, SourceFormat format, List<SourceFile> files) {
    this.table = table;
    this.format = format;
    this.files = List.copyOf(files);
  }

  @Override
  public List<String> lines() {
    return files.stream().map(SourceFile::line).toList();
  }

  @Override
  public int files() {
    return files.size();
  }

  @Override
  public long bytes() {
    return files.stream().mapToLong(SourceFile::bytes).sum();
  }

  @Override
  public Optional<String> state() {
    return Optional.empty();
  }

  @Override
  public Dataset<Row> rows(SourceColumns columns) {
    return rows(columns, WantedFiles.all(false));
  }

  @Override
  public Dataset<Row> namedRows(SourceColumns columns) {
    return rows(columns, WantedFiles.all(true));
  }

  /** The files, in the order of their paths. */
  public List<SourceFile> all() {
    return files;
  }

  /** A checksum of how the file at a place begins; equal for copies of one file. */
  public long beginning(int number) {
    return format.beginning(files.get(number).status());
  }

  /**
   * The rows of some of the files, in the columns that all files have together.
   *
   * @param numbers the places of the files among all
   * @param isNamed whether every row tells the path of its file; else it tells its number
   */
  public Dataset<Row> rowsOf(Set<Integer> numbers, SourceColumns columns, boolean isNamed) {
    return rows(columns, new WantedFiles(Optional.of(numbers), isNamed, !isNamed));
  }

  private Dataset<Row> rows(SourceColumns columns, WantedFiles wanted) {
    return opened().rows(columns.sourceColumns(), columns.requiredSourceColumns(), wanted);
  }

  /** Not checked if a file does not state its rows. */
  @Override
  public void requireRows(long arrived, SourceColumns columns) {
    Map<String, Long> stated = opened().rowsByFile();
    long expected = stated.values().stream().mapToLong(Long::longValue).sum();
    if (stated.size() < files.size() || arrived == expected) {
      return;
    }

    Map<Path, Long> found = new HashMap<>();
    namedRows(columns)
        .groupBy(SourceFormat.FILE)
        .count()
        .collectAsList()
        .forEach(row -> found.put(new Path(URI.create(row.getString(0))), row.getLong(1)));
    String file =
        files.stream()
            .filter(
                it ->
                    !Objects.equals(
                        stated.get(it.path()), found.getOrDefault(it.status().getPath(), 0L)))
            .findFirst()
            .map(it -> "file '%s' states %d".formatted(it.shown(), stated.get(it.path())))
            .orElse("its files state %d".formatted(expected));
    throw new InputException(
        "Input '%s' was not read as it stands: %s rows, %d of %d arrived in all. Keep input files until the command ends, and run again."
            .formatted(table, file, arrived, expected));
  }

  @Override
  public void requireUnchanged() {
    List<Optional<FileStatus>> now = format.now(files.stream().map(SourceFile::status).toList());
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      SourceFile file = files.get(i);
      file.change(now.get(i)).ifPresent(it -> changes.add("'%s' %s".formatted(file.shown(), it)));
    }
    if (!changes.isEmpty()) {
      throw new InputException(
          "Input '%s' changed while it was read: file %s%s. Expected its files as they were listed when the night began. Keep them until the command ends, and run again."
              .formatted(
                  table,
                  changes.get(0),
                  changes.size() > 1 ? ", and %d more".formatted(changes.size() - 1) : ""));
    }
  }

  /**
   * Takes over layouts that an earlier night learned of the same files, which are not opened for
   * them then.
   *
   * @param layouts the layouts, by the place of their file; of formats whose files have their own
   */
  public synchronized void know(Map<Integer, FileLayout> layouts) {
    known = Map.copyOf(layouts);
  }

  /** The layout of each file; none if one depends on other files. */
  public List<FileLayout> layouts() {
    return format.hasOwnLayouts() ? opened().layouts() : List.of();
  }

  /** The files, opened to learn their columns. */
  synchronized SourceRows opened() {
    SourceRows rows = opened.orElseGet(() -> SourceRows.of(table, format, files, known));
    opened = Optional.of(rows);
    return rows;
  }
}
