package io.karat.input;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.engine.SourceFormat;
import io.karat.run.KaratException;
import io.karat.settings.InputTable;
import io.karat.testing.Night;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files of one input that a test delivers into a folder, and the rows that Karat makes of them as
 * of 1 March 2026.
 *
 * @param folder the folder, which is also the path of the input unless the settings say otherwise
 * @param sets settings below the input, such as {@code format=csv}
 */
record DeliveredFiles(SparkSession spark, Path folder, InputTable table, List<String> sets) {
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 1);

  /** Transactions, in columns of our names. */
  static DeliveredFiles in(Path folder, SparkSession spark) {
    return new DeliveredFiles(spark, folder, InputTable.TRANSACTIONS, List.of());
  }

  /** The same files, read by more settings. */
  DeliveredFiles with(String... more) {
    return new DeliveredFiles(
        spark, folder, table, Stream.concat(sets.stream(), Stream.of(more)).toList());
  }

  /** The same settings over a folder below. */
  DeliveredFiles below(String name) {
    return new DeliveredFiles(spark, folder.resolve(name), table, sets);
  }

  /** The files as those of another input, in the columns that are named. */
  DeliveredFiles as(InputTable other, String... columns) {
    return new DeliveredFiles(spark, folder, other, sets)
        .with(
            Stream.of(columns)
                .map(name -> "columns.%s=%s".formatted(name, name))
                .toArray(String[]::new));
  }

  Path text(String name, String... lines) throws IOException {
    return bytes(
        name,
        Stream.of(lines)
            .map(line -> line + "\n")
            .collect(joining())
            .getBytes(StandardCharsets.UTF_8));
  }

  Path bytes(String name, byte[] bytes) throws IOException {
    return Files.write(place(name), bytes);
  }

  /** Writes one file by Spark, in the format that its name ends with. */
  Path rows(String name, String sql) throws IOException {
    return rows(name, spark.sql(sql));
  }

  Path rows(String name, Dataset<Row> rows) throws IOException {
    Path written = Files.createTempDirectory("rows").resolve("one");
    rows.coalesce(1)
        .write()
        .option("header", true)
        .format(name.substring(name.lastIndexOf('.') + 1))
        .save(written.toString());
    try (Stream<Path> files = Files.list(written)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow();
      return Files.move(file, place(name));
    }
  }

  /**
   * Writes one Parquet file whose columns Spark could not write.
   *
   * @param columns the fields of a message type, such as {@code required int64 amount}
   */
  @SafeVarargs
  @SuppressWarnings("varargs")
  final Path parquet(String name, String columns, Consumer<Group>... rows) throws IOException {
    return parquet(
        name,
        MessageTypeParser.parseMessageType("message rows { " + columns + " }"),
        Arrays.stream(rows).toList());
  }

  /** Writes one Parquet file of the given rows. */
  Path parquet(String name, String columns, List<Consumer<Group>> rows) throws IOException {
    return parquet(
        name, MessageTypeParser.parseMessageType("message rows { " + columns + " }"), rows);
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  final Path parquet(String name, MessageType columns, Consumer<Group>... rows) throws IOException {
    return parquet(name, columns, Arrays.stream(rows).toList());
  }

  private Path parquet(String name, MessageType columns, List<Consumer<Group>> rows)
      throws IOException {
    Path file = place(name);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
            .withConf(new Configuration())
            .withType(columns)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroup(columns);
        row.accept(group);
        writer.write(group);
      }
    }
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    return file;
  }

  private Path place(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  InputMapping mapping() {
    return night().mapping(table);
  }

  /** The source with the files that are there now. */
  OpenedSource listed() {
    return configured().open(spark);
  }

  /** The files that are there now. */
  List<SourceFile> list() {
    return configured().files(hadoop());
  }

  private Source configured() {
    return Source.of(night().settings().inputs().find(table).orElseThrow(), AS_OF, hadoop());
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }

  private Night night() {
    String place = "inputs." + table.tableName();
    return Night.with(
        Stream.concat(
                Stream.of(place + ".path='" + folder + "'"),
                sets.stream().map(set -> place + "." + set))
            .toArray(String[]::new));
  }

  /** The paths of the files below the folder, in their order. */
  String files() {
    return list().stream()
        .map(file -> folder.relativize(Path.of(file.status().getPath().toUri())).toString())
        .collect(joining(" "));
  }

  /** The rows of the files. */
  Dataset<Row> source() {
    return listed().namedRows(mapping());
  }

  /** Expressions over the rows of the files, as text. */
  String values(String... expressions) {
    return lines(source().selectExpr(expressions));
  }

  /** Columns of the validated rows, as text, behind them the outcome. */
  String outcomes(String... columns) {
    return lines(
        validated()
            .selectExpr(
                Stream.concat(Stream.of(columns), Stream.of("outcome")).toArray(String[]::new)));
  }

  /** The customer, the day and the amount of every row that is used, of others the outcome. */
  String read() {
    return lines(
        validated()
            .selectExpr(
                "if(outcome = 'candidate', concat_ws(' ', customer_id, day, cast(cast(amount"
                    + " AS decimal(20,0)) / 100 AS decimal(20,2))), outcome)"));
  }

  private Dataset<Row> validated() {
    return new ValidatedRows(MappedRows.of(source(), mapping(), List.of()), AS_OF).rows(List.of());
  }

  /** The reason, the customer and the source row of every row that is kept in quarantine. */
  String quarantined() {
    return lines(
        QuarantineRows.of(source(), mapping(), Optional.empty(), AS_OF, false)
            .select("reason", "customer_id", "source_row"));
  }

  /** The row counts. */
  RowCounts counts() {
    return RowCounts.of(
        InputRows.of(source(), mapping(), Optional.empty(), AS_OF, Set.of(), 2)
            .tallies()
            .collectAsList());
  }

  /** The message with which reading is refused, without the folder. */
  String refusal() {
    return String.valueOf(assertThrows(KaratException.class, this::read).getMessage())
        .replace(folder + "/", "");
  }

  private static String lines(Dataset<Row> rows) {
    Column[] cells =
        Stream.of(rows.columns())
            .map(name -> col(SourceFormat.quoted(name)).cast("string"))
            .toArray(Column[]::new);
    return rows.select(cells).collectAsList().stream()
        .map(row -> row.mkString(" | ") + "\n")
        .sorted()
        .collect(joining());
  }
}
