package io.karat.input;

import io.karat.engine.FileColumn;
import io.karat.engine.FileLayout;
import io.karat.run.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Columns of an input: those of all its files and folders together, each in a type that holds the
 * values of every file. Names that differ in case are one column.
 */
final class FileColumns {
  private final String table;
  private final Map<String, Merged> columns = new LinkedHashMap<>();

  /**
   * No columns yet.
   *
   * @param table the input, for messages
   */
  FileColumns(String table) {
    this.table = table;
  }

  /** Adds the columns of a file. */
  void add(SourceFile file, FileLayout layout) {
    Set<String> own = new HashSet<>();
    for (FileColumn column : layout.columns()) {
      if (isOfFolder(file, column.name())) {
        continue;
      }

      Merged merged = merged(column.name());
      if (own.add(folded(column.name()))) {
        merged.add(file, column);
      } else {
        merged.refuse(
            "column '%s' stands twice in '%s', as %s. Expected one column of that name. Deliver it again with one"
                .formatted(column.name(), file.shown(), spellings(layout, column.name())));
      }
    }
    file.folders().keySet().forEach(name -> merged(name).add(file, text(name)));
    file.outerFolders().keySet().stream()
        .filter(name -> !own.contains(folded(name)) && !isOfFolder(file, name))
        .forEach(name -> merged(name).add(file, text(name)));
  }

  private Merged merged(String name) {
    return columns.computeIfAbsent(folded(name), key -> new Merged(name));
  }

  private static FileColumn text(String name) {
    return new FileColumn(
        name, DataTypes.StringType, FileColumn.Reading.PLAIN, "the text of a folder");
  }

  private static boolean isOfFolder(SourceFile file, String name) {
    return file.folders().keySet().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static String spellings(FileLayout layout, String name) {
    return String.join(
        " and ",
        layout.columns().stream()
            .map(FileColumn::name)
            .filter(name::equalsIgnoreCase)
            .map("'%s'"::formatted)
            .toList());
  }

  /**
   * The columns by name. One that cannot be read is left out.
   *
   * @param needed names of columns that must be readable
   * @throws InputException if one of them is not, naming file and column
   */
  Map<String, DataType> types(Collection<String> needed) {
    Set<String> names = new HashSet<>();
    needed.forEach(name -> names.add(folded(name)));
    List<String> problems = new ArrayList<>();
    Map<String, DataType> types = new LinkedHashMap<>();
    columns.forEach(
        (key, column) -> {
          if (column.problem.isEmpty()) {
            types.put(column.name, column.type);
          } else if (names.contains(key)) {
            problems.add(column.problem.get());
          }
        });
    if (!problems.isEmpty()) {
      throw new InputException(
          "Input '%s' cannot be read: %s.".formatted(table, String.join("; ", problems)));
    }
    return types;
  }

  static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Column as the files so far have it. */
  private static final class Merged {
    private final String name;
    private DataType type = DataTypes.NullType;
    private String written = "";
    private String file = "";
    private Optional<String> problem = Optional.empty();

    Merged(String name) {
      this.name = name;
    }

    void refuse(String reason) {
      problem = problem.or(() -> Optional.of(reason));
    }

    void add(SourceFile from, FileColumn column) {
      if (!column.isReadable()) {
        refuse(
            "column '%s' is %s in '%s', which Spark cannot read. Expected a type such as text, a number, a date or a timestamp. Deliver it again in one of them"
                .formatted(name, column.written(), from.shown()));
        return;
      }

      Optional<DataType> wider = TypeWidening.of(type, column.valueType());
      if (wider.isEmpty()) {
        refuse(
            "its files have different types: column '%s' is %s in '%s' and %s in '%s'. Expected one type per column, or types of which one holds the other. Deliver them again with one type"
                .formatted(name, written, file, column.written(), from.shown()));
        return;
      }

      if (!wider.get().equals(type)) {
        type = wider.get();
        written = column.written();
        file = from.shown();
      }
    }
  }
}
