package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.engine.FileColumn;
import io.karat.engine.FileLayout;
import io.karat.engine.ListedFiles;
import io.karat.engine.ListedFiles.ListedFile;
import io.karat.engine.SourceFormat;
import io.karat.run.InputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of the files of an input: exactly the files that were listed, each once, with the columns of
 * all of them. A column that a file lacks is null in its rows.
 */
final class SourceRows {
  /** The name of the first column of a file without names. */
  private static final String FIRST_WITHOUT_NAME = "_c0";

  private final String table;
  private final SourceFormat format;
  private final List<SourceFile> files;
  private final List<FileLayout> layouts;

  private SourceRows(
      String table, SourceFormat format, List<SourceFile> files, List<FileLayout> layouts) {
    this.table = table;
    this.format = format;
    this.files = files;
    this.layouts = layouts;
  }

  /**
   * Opens the files to learn their columns.
   *
   * @param known the layouts of files that need not be opened, by their place
   * @throws InputException if one cannot be opened
   */
  static SourceRows of(
      String table, SourceFormat format, List<SourceFile> files, Map<Integer, FileLayout> known) {
    return new SourceRows(table, format, files, FileOpening.layouts(table, format, files, known));
  }

  /** The layout of each file. */
  List<FileLayout> layouts() {
    return layouts;
  }

  /** The number of rows of each file that says so itself, by path. */
  Map<String, Long> rowsByFile() {
    Map<String, Long> rows = new TreeMap<>();
    for (int i = 0; i < files.size(); i++) {
      OptionalLong stated = layouts.get(i).rows();
      if (stated.isPresent()) {
        rows.put(files.get(i).path(), stated.getAsLong());
      }
    }
    return rows;
  }

  /**
   * The rows of all files, with {@link SourceFormat#FILE} if asked for and, in a text format,
   * {@link SourceFormat#MALFORMED} behind the columns of the files.
   *
   * @param needed the columns that are used, whose types must be readable and alike
   * @param required those that every file must name, where columns go by its heading
   * @throws InputException if they are not
   */
  Dataset<Row> rows(Collection<String> needed, Collection<String> required, WantedFiles wanted) {
    if (format.hasPositions()) {
      requireHeadings(required);
    }
    FileColumns merged = new FileColumns(table);
    for (int i = 0; i < files.size(); i++) {
      merged.add(files.get(i), layouts.get(i));
    }
    Map<String, DataType> types = merged.types(needed);
    Map<Shape, List<Integer>> alike = new LinkedHashMap<>();
    boolean isAllEmpty = layouts.stream().allMatch(layout -> layout.columns().isEmpty());
    for (int i = 0; i < files.size(); i++) {
      // A file without a heading has no rows either.
      if (!format.hasPositions() || isAllEmpty || !layouts.get(i).columns().isEmpty()) {
        alike.computeIfAbsent(shape(i, types), shape -> new ArrayList<>()).add(i);
      }
    }
    return alike.entrySet().stream()
        .map(group -> rows(group.getKey(), group.getValue(), types, wanted))
        .reduce(Dataset::unionByName)
        .orElseThrow();
  }

  private void requireHeadings(Collection<String> required) {
    Set<String> somewhere = new HashSet<>();
    layouts.forEach(layout -> somewhere.addAll(names(layout)));
    boolean isUnnamed =
        required.stream().map(FileColumns::folded).noneMatch(somewhere::contains)
            && somewhere.stream().noneMatch(name -> name.equals(FIRST_WITHOUT_NAME));
    if (isUnnamed && !required.isEmpty() && !somewhere.isEmpty()) {
      // What stands there may be the values of a customer.
      throw new InputException(
          "Input '%1$s' cannot be read: the first row of '%2$s' names none of %3$s. Expected the names of the columns in the first row of every file. Deliver it again with them, or write 'header: false' in 'inputs.%1$s.options', and _c0, _c1 and so on for the columns; 'sep' states another separator than a comma."
              .formatted(table, files.get(0).shown(), quoted(required, " or ")));
    }

    for (int i = 0; i < files.size(); i++) {
      FileLayout layout = layouts.get(i);
      List<String> found = new ArrayList<>(names(layout));
      folders(files.get(i), layout).keySet().forEach(name -> found.add(FileColumns.folded(name)));
      List<String> lacking =
          required.stream()
              .filter(name -> somewhere.contains(FileColumns.folded(name)))
              .filter(name -> !found.contains(FileColumns.folded(name)))
              .toList();
      if (!layout.columns().isEmpty() && !lacking.isEmpty()) {
        throw new InputException(
            "Input '%s' cannot be read: the first row of '%s' does not name %s, as other files do. Expected the names of the columns in the first row of every file. Deliver it again with them."
                .formatted(table, files.get(i).shown(), quoted(lacking, " and ")));
      }
    }
  }

  private static String quoted(Collection<String> names, String between) {
    return String.join(between, names.stream().map("'%s'"::formatted).toList());
  }

  private static List<String> names(FileLayout layout) {
    return layout.columns().stream().map(column -> FileColumns.folded(column.name())).toList();
  }

  /** Shape that files must share to be read by one scan. */
  private record Shape(
      List<Taken> taken, List<String> folders, boolean isBatched, List<FileColumn> positions) {}

  /**
   * Column that is taken from files.
   *
   * @param name the column of the input
   * @param column the column of the file; taken as null where a file lacks it
   */
  private record Taken(String name, FileColumn column) {}

  private Shape shape(int number, Map<String, DataType> types) {
    FileLayout layout = layouts.get(number);
    Map<String, String> folders = folders(files.get(number), layout);
    Map<String, FileColumn> own = new HashMap<>();
    layout.columns().forEach(column -> own.putIfAbsent(FileColumns.folded(column.name()), column));
    List<Taken> taken = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          FileColumn column = own.get(FileColumns.folded(name));
          boolean isOfFolder = find(folders.keySet(), name).isPresent();
          if (!isOfFolder && column == null && !format.hasPositions() && isTyped(type)) {
            taken.add(new Taken(name, FileColumn.absent(name, type)));
          } else if (!isOfFolder && column != null && column.hasValues()) {
            taken.add(new Taken(name, column));
          }
        });
    return new Shape(
        taken, List.copyOf(folders.keySet()), layout.isBatched(), format.positions(layout));
  }

  private static boolean isTyped(DataType type) {
    return !(type instanceof NullType);
  }

  /** The folders that state a value for the rows of a file. */
  private static Map<String, String> folders(SourceFile file, FileLayout layout) {
    Map<String, String> folders = new LinkedHashMap<>(file.folders());
    file.outerFolders()
        .forEach(
            (name, value) -> {
              boolean isTaken =
                  find(folders.keySet(), name).isPresent()
                      || layout.columns().stream()
                          .anyMatch(column -> column.name().equalsIgnoreCase(name));
              if (!isTaken) {
                folders.put(name, value);
              }
            });
    return folders;
  }

  private static Optional<String> find(Collection<String> folders, String name) {
    return folders.stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private Dataset<Row> rows(
      Shape shape, List<Integer> numbers, Map<String, DataType> types, WantedFiles wanted) {
    StructType schema = new StructType();
    for (Taken taken : shape.taken()) {
      schema = schema.add(taken.column().name(), taken.column().type());
    }
    List<ListedFile> listed = new ArrayList<>();
    for (int number : wanted.of(numbers)) {
      Map<String, String> folders = folders(files.get(number), layouts.get(number));
      if (wanted.isNumbered()) {
        folders.put(SourceFormat.FILE_NUMBER, String.valueOf(number));
      }
      listed.add(new ListedFile(files.get(number).status(), folders));
    }
    List<String> ofFolders = new ArrayList<>(shape.folders());
    if (wanted.isNumbered()) {
      ofFolders.add(SourceFormat.FILE_NUMBER);
    }
    Dataset<Row> rows =
        format.rows(
            new ListedFiles(listed, ofFolders, wanted.isNamed()),
            layouts.get(numbers.get(0)),
            schema);
    List<Column> columns = new ArrayList<>();
    types.forEach((name, type) -> columns.add(value(name, type, shape)));
    if (wanted.isNamed()) {
      columns.add(col(SourceFormat.FILE));
    }
    if (wanted.isNumbered()) {
      columns.add(col(SourceFormat.FILE_NUMBER));
    }
    if (format.hasMalformedRows()) {
      columns.add(col(SourceFormat.MALFORMED));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column value(String name, DataType type, Shape shape) {
    DataType wanted = type instanceof NullType ? DataTypes.StringType : type;
    Optional<Column> ofFolder =
        find(shape.folders(), name).map(folder -> col(SourceFormat.quoted(folder)));
    Optional<Column> ofFile =
        shape.taken().stream()
            .filter(taken -> taken.name().equals(name))
            .findFirst()
            .map(Taken::column)
            .map(column -> TypeWidening.value(value(column), column.valueType(), wanted));
    return ofFolder.or(() -> ofFile).orElse(lit(null).cast(wanted)).as(name);
  }

  private static Column value(FileColumn column) {
    return column.value(col(SourceFormat.quoted(column.name())));
  }
}
