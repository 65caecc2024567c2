package io.karat.draft;

import static org.apache.spark.sql.functions.expr;

import io.karat.engine.SourceFormat;
import io.karat.input.Source;
import io.karat.input.SourceColumns;
import io.karat.settings.SecretOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
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
  private static final int FEW = 30;
  private static final int PER_COLUMN = 5 + ColumnProfile.TIME_PATTERNS.size();

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
    List<StructField> fields =
        List.of(rows.schema().fields()).stream().filter(TableProfile::isPlain).toList();
    // At most so many rows of a table that is looked at come to the driver.
    Dataset<Row> sample = spark.createDataFrame(rows.takeAsList(SAMPLE), rows.schema());
    List<Column> measures = new ArrayList<>();
    fields.forEach(field -> measures.addAll(measures(field.name())));
    Row found = sample.agg(expr("count(1)"), measures.toArray(Column[]::new)).head();
    Map<String, List<String>> values = values(sample, fields, found);
    List<ColumnProfile> columns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      columns.add(column(fields.get(i), found, 1 + i * PER_COLUMN, values));
    }
    return new TableProfile(table, rows, sample, found.getLong(0), columns);
  }

  private static boolean isPlain(StructField field) {
    return !(field.dataType() instanceof StructType
        || field.dataType() instanceof ArrayType
        || field.dataType() instanceof MapType
        || field.dataType() instanceof BinaryType);
  }

  /** The value of a column as text; null where it is blank. */
  private static String text(String column) {
    return "nullif(trim(CAST(`%s` AS STRING)), '')".formatted(column.replace("`", "``"));
  }

  private static List<Column> measures(String column) {
    String text = text(column);
    String number = "try_cast(%s AS DECIMAL(38,10))".formatted(text);
    List<Column> measures = new ArrayList<>();
    measures.add(expr("count(%s)".formatted(text)));
    measures.add(expr("approx_count_distinct(%s)".formatted(text)));
    measures.add(expr("count(%s)".formatted(number)));
    measures.add(expr("count_if(%s < 0)".formatted(number)));
    measures.add(
        expr(
            "coalesce(max(length(regexp_extract(%s, '^-?[0-9]+[.]([0-9]*[1-9])0*$', 1))), 0)"
                .formatted(text)));
    for (String pattern : ColumnProfile.TIME_PATTERNS) {
      String time =
          pattern.isEmpty()
              ? "if(%1$s RLIKE '^[0-9]{4}-[0-9]{2}-[0-9]{2}($|[ T])', try_cast(%1$s AS TIMESTAMP), NULL)"
                  .formatted(text)
              : "if(%1$s RLIKE '^%2$s$', try_to_timestamp(%1$s, '%3$s'), NULL)"
                  .formatted(text, shape(pattern), pattern);
      measures.add(expr("count(%s)".formatted(time)));
    }
    return measures;
  }

  /** The shape of texts of a pattern, as most texts are told from it sooner than read by it. */
  private static String shape(String pattern) {
    return Pattern.compile("([a-zA-Z])\\1*")
        .matcher(pattern.replace(".", "[.]"))
        .replaceAll(
            letters ->
                letters.group().length() == 1
                    ? "[0-9]{1,2}"
                    : "[0-9]{%d}".formatted(letters.group().length()));
  }

  /** The values of the columns of text that have at most {@value #FEW}. */
  private static Map<String, List<String>> values(
      Dataset<Row> sample, List<StructField> fields, Row found) {
    List<String> names = new ArrayList<>();
    List<Column> sets = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).dataType() instanceof StringType
          && found.getLong(2 + i * PER_COLUMN) <= FEW) {
        names.add(fields.get(i).name());
        sets.add(expr("array_sort(collect_set(%s))".formatted(text(fields.get(i).name()))));
      }
    }
    Map<String, List<String>> values = new HashMap<>();
    if (!names.isEmpty()) {
      Row row = sample.select(sets.toArray(Column[]::new)).head();
      for (int i = 0; i < names.size(); i++) {
        values.put(names.get(i), row.getList(i));
      }
    }
    return values;
  }

  private static ColumnProfile column(
      StructField field, Row found, int at, Map<String, List<String>> values) {
    Map<String, Long> times = new HashMap<>();
    for (int i = 0; i < ColumnProfile.TIME_PATTERNS.size(); i++) {
      times.put(ColumnProfile.TIME_PATTERNS.get(i), found.getLong(at + 5 + i));
    }
    return new ColumnProfile(
        field.name(),
        field.dataType(),
        found.getLong(0),
        found.getLong(at),
        found.getLong(at + 1),
        found.getLong(at + 2),
        found.getLong(at + 3),
        found.getInt(at + 4),
        times,
        values.getOrDefault(field.name(), List.of()));
  }

  /** The first column of one of these names, in their order, that has values. */
  Optional<ColumnProfile> named(List<String> words) {
    return words.stream()
        .flatMap(
            word ->
                columns.stream()
                    .filter(it -> it.filled() > 0 && Vocabulary.plain(it.name()).equals(word)))
        .findFirst();
  }

  /** One value of an aggregate over the first rows. */
  Row first(String... aggregates) {
    return sample.selectExpr(aggregates).head();
  }
}
