package io.karat.testing;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.engine.StoredFooter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * A reader of a release without Spark: by DuckDB, and file by file, which shows what any other
 * reader has to support.
 *
 * @param release the folder of its tables
 */
public record EveryReader(SparkSession spark, Path release) {
  private static final Configuration HADOOP = new Configuration();

  /** Files of this table keep the columns of their own nights. */
  private static final String HISTORY = "customer_value_history";

  private static final String PART = "(\\d{4}-\\d\\d-\\d\\d-)?part-[\\w.-]+\\.snappy\\.parquet";

  /** Asserts that exactly these tables exist, each in files that any reader supports. */
  public void assertPlainFiles(Set<String> tables) throws IOException {
    try (Stream<Path> folders = Files.list(release).filter(Files::isDirectory)) {
      assertEquals(tables, names(folders.filter(EveryReader::isTable)));
    }
    for (String table : tables) {
      assertPlainFiles(table);
    }
  }

  /**
   * Asserts that these tables are the same to Spark and to DuckDB: columns, types and every cell.
   */
  public void assertSameInDuckDb(Set<String> tables) throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (String table : tables) {
        assertSameInDuckDb(table, statement);
      }
    }
  }

  /** Readers pass over folders whose names begin with an underscore, such as the state. */
  private static boolean isTable(Path folder) {
    return !folder.getFileName().toString().startsWith("_");
  }

  private static Set<String> names(Stream<Path> paths) {
    Set<String> names = new HashSet<>();
    paths.forEach(path -> names.add(path.getFileName().toString()));
    return names;
  }

  private void assertPlainFiles(String table) throws IOException {
    List<Path> parts;
    try (Stream<Path> files = Files.list(release.resolve(table))) {
      List<Path> all = files.toList();
      parts = all.stream().filter(file -> file.getFileName().toString().matches(PART)).toList();
      Set<String> others = names(all.stream().filter(file -> !parts.contains(file)));
      assertTrue(Set.of("_SUCCESS").containsAll(others), () -> table + " has " + others);
    }
    assertFalse(parts.isEmpty(), () -> table + " has no file that says its columns");

    Set<MessageType> schemas = new HashSet<>();
    for (Path part : parts) {
      ParquetMetadata footer = footer(part);
      MessageType schema = footer.getFileMetaData().getSchema();
      schemas.add(schema);
      schema.getFields().forEach(column -> assertPlain(table, column));
      assertTrue(parts.size() == 1 || !footer.getBlocks().isEmpty(), () -> part + " has no rows");
    }
    assertTrue(table.equals(HISTORY) || schemas.size() == 1, () -> table + " has " + schemas);
  }

  private static ParquetMetadata footer(Path file) throws IOException {
    return StoredFooter.of(file.toUri().toString(), HADOOP);
  }

  private static void assertPlain(String table, Type column) {
    String name = table + "." + column.getName();
    assertTrue(column.getName().matches("[a-z][a-z0-9_]*"), name);
    assertTrue(column.isPrimitive() && !column.isRepetition(Type.Repetition.REPEATED), name);
    assertTrue(isPlain(column.asPrimitiveType()), () -> name + " is " + column);
  }

  private static boolean isPlain(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN, DOUBLE -> logical == null;
      case INT32 ->
          logical == null
              || logical.equals(LogicalTypeAnnotation.dateType())
              || isDecimal(logical, type.getPrimitiveTypeName());
      case INT64 ->
          logical == null
              || logical.equals(LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS))
              || isDecimal(logical, type.getPrimitiveTypeName());
      case FIXED_LEN_BYTE_ARRAY -> isDecimal(logical, type.getPrimitiveTypeName());
      case BINARY -> LogicalTypeAnnotation.stringType().equals(logical);
      case INT96, FLOAT -> false;
    };
  }

  /**
   * Decimals of few digits are stored as whole numbers, longer ones as bytes, as the format
   * requires.
   */
  private static boolean isDecimal(LogicalTypeAnnotation logical, PrimitiveTypeName stored) {
    return logical instanceof DecimalLogicalTypeAnnotation decimal
        && stored
            == (decimal.getPrecision() <= 9
                ? PrimitiveTypeName.INT32
                : decimal.getPrecision() <= 18
                    ? PrimitiveTypeName.INT64
                    : PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY);
  }

  private void assertSameInDuckDb(String table, Statement statement) throws SQLException {
    Dataset<Row> rows =
        spark
            .read()
            .option("mergeSchema", table.equals(HISTORY))
            .parquet(release.resolve(table).toString());
    String from =
        "FROM read_parquet('%s', union_by_name = %s)"
            .formatted(release.resolve(table).resolve("*.parquet"), table.equals(HISTORY));
    assertEquals(columns(rows), columns(statement, from), table);

    String cells =
        Stream.of(rows.columns()).map("\"%s\""::formatted).collect(joining(", ", "SELECT ", " "));
    assertEquals(
        lines(rows.collectAsList()), lines(statement, cells + from, rows.columns().length), table);
  }

  private static List<String> columns(Dataset<Row> rows) {
    return Stream.of(rows.schema().fields()).map(EveryReader::column).sorted().toList();
  }

  private static String column(StructField field) {
    String type =
        switch (field.dataType().simpleString()) {
          case "string" -> "varchar";
          case "int" -> "integer";
          case "timestamp" -> "timestamp with time zone";
          default -> field.dataType().simpleString();
        };
    return field.name() + " " + type;
  }

  private static List<String> columns(Statement statement, String from) throws SQLException {
    List<String> columns = new ArrayList<>();
    try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * " + from)) {
      while (described.next()) {
        String type = described.getString("column_type").toLowerCase(Locale.ROOT);
        columns.add(described.getString("column_name") + " " + type);
      }
    }
    return columns.stream().sorted().toList();
  }

  private static List<String> lines(List<Row> rows) {
    return rows.stream()
        .map(
            row ->
                IntStream.range(0, row.length())
                    .mapToObj(cell -> text(row.get(cell)))
                    .collect(joining(" | ")))
        .sorted()
        .toList();
  }

  private static List<String> lines(Statement statement, String query, int columns)
      throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          cells.add(text(rows.getObject(column)));
        }
        lines.add(String.join(" | ", cells));
      }
    }
    return lines.stream().sorted().toList();
  }

  private static String text(Object cell) {
    if (cell instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (cell instanceof Timestamp time) {
      return time.toInstant().toString();
    }
    if (cell instanceof OffsetDateTime time) {
      return time.toInstant().toString();
    }
    return Objects.toString(cell);
  }
}
