package io.karat.draft;

import static org.apache.spark.sql.functions.expr;

import io.karat.engine.SourceFormat;
import io.karat.input.Source;
import io.karat.input.SourceColumns;
import io.karat.settings.SecretOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Profile of a table: of each of its columns in the first rows.
 *
 * @param rows all rows of the table
 * @param sample the first of them
 * @param looked the number of rows that were looked at
 */
record TableProfile(
    FoundTable table,
    Dataset<Row> rows,
    Dataset<Row> sample,
    long looked,
    List<ColumnProfile> columns) {
  private static final int SAMPLE = 20_000;

  /** Columns of which none is asked for, so that whatever can be read comes. */
  private static final SourceColumns ANY =
      new SourceColumns() {
        @Override
        public Set<String> sourceColumns() {
          return Set.of();
        }

        @Override
        public Set<String> requiredSourceColumns() {
          return Set.of();
        }
      };

  TableProfile {
    columns = List.copyOf(columns);
  }

  static TableProfile of(FoundTable table, SparkSession spark) {
    Source source =
        new Source(
            table.name(),
            List.of(table.path()),
            table.format(),
            table.options(),
            SecretOptions.NONE,
            Optional.empty(),
            List.of());
    Dataset<Row> all = source.open(spark).rows(ANY);
    Dataset<Row> rows =
        all.drop(SourceFormat.MALFORMED, SourceFormat.FILE, SourceFormat.FILE_NUMBER);
    // At most so many rows of a table that is looked at come to the driver.
    List<Row> first = rows.takeAsList(SAMPLE);
    Dataset<Row> sample = spark.createDataFrame(first, rows.schema());
    List<ColumnProfile> columns =
        Stream.of(rows.schema().fields())
            .filter(TableProfile::isPlain)
            .map(field -> surer(rows, ColumnProfile.of(field, first)))
            .toList();
    return new TableProfile(table, rows, sample, first.size(), columns);
  }

  private static boolean isPlain(StructField field) {
    return !(field.dataType() instanceof StructType
        || field.dataType() instanceof ArrayType
        || field.dataType() instanceof MapType
        || field.dataType() instanceof BinaryType);
  }

  /** The names of the columns, and those within columns that have parts, which Spark SQL reads. */
  List<String> names() {
    return Stream.concat(
            columns.stream().map(ColumnProfile::name),
            Stream.of(rows.schema().fields()).flatMap(TableProfile::parts))
        .toList();
  }

  private static Stream<String> parts(StructField field) {
    return field.dataType() instanceof StructType struct
        ? Stream.of(struct.fieldNames()).map(part -> field.name() + "." + part)
        : Stream.of();
  }

  /** The column, with what all rows tell where days and months of the first look alike. */
  private static ColumnProfile surer(Dataset<Row> rows, ColumnProfile column) {
    List<TimeForm> readings = column.readings();
    if (readings.size() < 2) {
      return column;
    }

    String text = "nullif(trim(CAST(%s AS STRING)), '')".formatted(column.reference());
    List<Column> counts = new ArrayList<>(List.of(expr("count(%s)".formatted(text))));
    readings.forEach(form -> counts.add(expr("count(%s)".formatted(form.trial(text)))));
    Row all = rows.select(counts.toArray(Column[]::new)).head();
    List<TimeForm> sure = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      if (ColumnProfile.isNearlyAll(all.getLong(i + 1), all.getLong(0))) {
        sure.add(readings.get(i));
      }
    }
    return sure.isEmpty()
        ? column
        : column.withTimes(
            column.times().stream().filter(form -> sure.stream().anyMatch(form::isLike)).toList());
  }

  /** The first column of one of these names, in their order, that has values. */
  Optional<ColumnProfile> named(List<String> words) {
    return words.stream()
        .flatMap(
            word ->
                columns.stream()
                    .filter(it -> it.filled() > 0 && Vocabulary.word(it.name()).equals(word)))
        .findFirst();
  }

  /** The value that a column has most often in the first rows, as text; empty if it has none. */
  Optional<String> mostFrequent(ColumnProfile column) {
    Row row = first("mode(nullif(trim(CAST(%s AS STRING)), ''))".formatted(column.reference()));
    return Optional.ofNullable(row.getString(0));
  }

  /** Whether another table has the same columns. */
  boolean isAlike(TableProfile other) {
    return List.of(rows.columns()).equals(List.of(other.rows.columns()));
  }

  /** One value of an aggregate over the first rows. */
  Row first(String... aggregates) {
    return sample.selectExpr(aggregates).head();
  }
}
