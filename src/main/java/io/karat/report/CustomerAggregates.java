package io.karat.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.ScoreColumns;
import io.karat.settings.Settings;
import io.karat.settings.WeightedIndicator;
import io.karat.settings.Window;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Sums and counts over all customers for a report, each in one pass. Columns that do not exist are
 * left out.
 */
record CustomerAggregates(SparkSession spark, ReleaseTables tables, Settings settings) {
  static final String CUSTOMERS = "customers";
  static final String ACTIVE = "active";
  static final String BUYERS = "buyers";

  /** The customers whose satisfaction is known. */
  static final String SATISFIED = "satisfied";

  /** The customers who count as having left and whose satisfaction is unknown. */
  static final String LEFT = "left";

  static final String LIFECYCLE = "lifecycle";
  static final String RECENCY = "recency_days";

  /** The width in points of the steps in which scores are counted. */
  static final int STEP = 5;

  private static final int MOST_NIGHTS = 24;
  private static final String FIGURES = "figures";

  /** The longest window in days, or lifetime if there is none. */
  static Window window(Settings settings) {
    return settings.indicators().windows().stream()
        .filter(window -> !window.isLifetime())
        .max(Comparator.comparingInt(window -> window.days().orElse(0)))
        .orElse(Window.LIFETIME);
  }

  /** The column of an indicator over the longest window. */
  static String windowed(String indicator, Settings settings) {
    return indicator + "_" + window(settings).suffix();
  }

  /**
   * Computes sums over all customers, and the number of customers in each cell of scores. A sum is
   * null if the value is unknown for every customer.
   *
   * @return one entry with the sums over customer_indicators and without scores, and one entry per
   *     cell of scores with the sums over customer_value
   */
  List<TableRow> figures() throws IOException {
    Dataset<Row> indicators = frame(ReleaseTables.INDICATORS);
    Dataset<Row> values = frame(ReleaseTables.VALUES);
    Map<String, Column> ofIndicators = new LinkedHashMap<>();
    ofIndicators.put(CUSTOMERS, count(lit(1)));
    active(indicators).ifPresent(active -> ofIndicators.put(ACTIVE, active));
    if (has(indicators, RECENCY)) {
      ofIndicators.put(BUYERS, count(col(RECENCY)));
    }
    Stream.of("net_sales_amount", "sales_amount", "transaction_count", "profit")
        .map(name -> windowed(name, settings))
        .forEach(name -> add(name, indicators, ofIndicators));
    Stream.of("arrears_amount", "expected_sales_amount")
        .forEach(name -> add(name, indicators, ofIndicators));
    ofIndicators.putAll(RecoverySection.figures(List.of(indicators.columns())));
    settings.models().pyramids().stream()
        .flatMap(pyramid -> pyramid.weights().stream())
        .map(WeightedIndicator::indicator)
        .filter(name -> has(indicators, name))
        .forEach(name -> ofIndicators.put(known(name), count(col(name))));
    Map<String, Column> ofValues = new LinkedHashMap<>();
    ofValues.put(CUSTOMERS, count(lit(1)));
    if (has(values, ScoreColumns.SATISFACTION_LEVEL)) {
      Column level = col(ScoreColumns.SATISFACTION_LEVEL);
      ofValues.put(SATISFIED, count(level));
      ofValues.put(
          LEFT, count(when(level.isNull(), orNothing(values, ScoreColumns.VALUE_AT_RISK))));
    }
    Stream.concat(Stream.of(ScoreColumns.VALUE_AT_RISK), foreseen())
        .forEach(name -> add(name, values, ofValues));

    Dataset<Row> totals =
        indicators
            .agg(named(ofIndicators).as(FIGURES))
            .select(
                lit(null).cast(DataTypes.IntegerType).as(ScoreColumns.CURRENT_VALUE),
                lit(null).cast(DataTypes.IntegerType).as(ScoreColumns.POTENTIAL_VALUE),
                lit(null).cast(DataTypes.StringType).as(ScoreColumns.QUADRANT),
                lit(true).as("is_total"),
                col(FIGURES));
    Dataset<Row> cells =
        values
            .withColumn(ScoreColumns.CURRENT_VALUE, step(values, ScoreColumns.CURRENT_VALUE))
            .withColumn(ScoreColumns.POTENTIAL_VALUE, step(values, ScoreColumns.POTENTIAL_VALUE))
            .withColumn(ScoreColumns.QUADRANT, orNothing(values, ScoreColumns.QUADRANT))
            .groupBy(
                ScoreColumns.CURRENT_VALUE, ScoreColumns.POTENTIAL_VALUE, ScoreColumns.QUADRANT)
            .agg(named(ofValues).as(FIGURES))
            .select(
                col(ScoreColumns.CURRENT_VALUE),
                col(ScoreColumns.POTENTIAL_VALUE),
                col(ScoreColumns.QUADRANT),
                lit(false).as("is_total"),
                col(FIGURES));
    return totals.union(cells).collectAsList().stream().map(CustomerAggregates::flat).toList();
  }

  /** The number of customers of whom an indicator is known. */
  static String known(String indicator) {
    return indicator + " known";
  }

  /** The columns of expected sales and lifetime value, for each horizon. */
  private Stream<String> foreseen() {
    return settings.lifetimeValue().stream()
        .flatMap(lifetime -> lifetime.horizonDays().stream())
        .flatMap(
            days -> Stream.of(ScoreColumns.expectedSales(days), ScoreColumns.lifetimeValue(days)));
  }

  /**
   * Counts customers by night and lifecycle, for some nights of the history. Amounts are needed for
   * the last two nights only; for the others they are 0.
   */
  List<TableRow> nights() throws IOException {
    SortedMap<LocalDate, List<String>> nights = tables.nights(MOST_NIGHTS);
    Dataset<Row> customers = history(nights, looked());
    LocalDate before = List.copyOf(nights.keySet()).get(Math.max(0, nights.size() - 2));
    Column isTold = col(Columns.AS_OF_DATE).geq(lit(before));
    Map<String, Column> figures = new LinkedHashMap<>();
    figures.put(CUSTOMERS, count(lit(1)));
    active(customers).ifPresent(active -> figures.put(ACTIVE, active));
    Stream.of(windowed("net_sales_amount", settings), ScoreColumns.VALUE_AT_RISK)
        .filter(name -> has(customers, name))
        .forEach(
            name ->
                figures.put(name, coalesce(sum(when(isTold, col(name))), lit(BigDecimal.ZERO))));
    return customers
        .groupBy(col(Columns.AS_OF_DATE), orNothing(customers, LIFECYCLE).as(LIFECYCLE))
        .agg(named(figures).as(FIGURES))
        .collectAsList()
        .stream()
        .map(CustomerAggregates::flat)
        .toList();
  }

  /** The customers of some nights of the history, in the columns of the last one. */
  Dataset<Row> history(SortedMap<LocalDate, List<String>> nights, List<String> names)
      throws IOException {
    StructType tonight =
        tables.table(ReleaseTables.HISTORY).schema(last(last(List.copyOf(nights.values()))));
    StructType columns =
        new StructType(
            Stream.of(tonight.fields())
                .filter(field -> names.contains(field.name()))
                .toArray(StructField[]::new));
    List<String> files = new ArrayList<>();
    for (List<String> night : nights.values()) {
      if (tables.fits(night.get(0), columns)) {
        files.addAll(night);
      }
    }
    return spark.read().schema(columns).parquet(files.toArray(String[]::new));
  }

  private List<String> looked() {
    return List.of(
        Columns.AS_OF_DATE,
        LIFECYCLE,
        RECENCY,
        ScoreColumns.VALUE_AT_RISK,
        windowed("net_sales_amount", settings));
  }

  /** Reads a table of the release; the schema is known, so no job infers it. */
  Dataset<Row> frame(String table) throws IOException {
    return spark.read().schema(tables.table(table).schema()).parquet(tables.location(table));
  }

  /** A few rows about customers with their names, where names are mapped. */
  List<TableRow> named(List<TableRow> rows) throws IOException {
    Dataset<Row> indicators = frame(ReleaseTables.INDICATORS);
    if (rows.isEmpty() || !has(indicators, KeyAccountReasons.DISPLAY_NAME)) {
      return rows;
    }

    Object[] ids = rows.stream().map(it -> it.word(Columns.CUSTOMER_ID)).distinct().toArray();
    Map<String, TableRow> names = new LinkedHashMap<>();
    indicators
        .filter(col(Columns.CUSTOMER_ID).isin(ids))
        .select(Columns.CUSTOMER_ID, KeyAccountReasons.DISPLAY_NAME)
        .collectAsList()
        .forEach(row -> names.put(row.getString(0), TableRow.of(row)));
    return rows.stream()
        .map(
            row ->
                Optional.ofNullable(names.get(row.word(Columns.CUSTOMER_ID)))
                    .map(row::with)
                    .orElse(row))
        .toList();
  }

  private Optional<Column> active(Dataset<Row> customers) {
    Window window = window(settings);
    return has(customers, RECENCY)
        ? Optional.of(
            window.isLifetime()
                ? count(col(RECENCY))
                : count(when(col(RECENCY).lt(window.days().getAsInt()), 1)))
        : Optional.empty();
  }

  private static Column step(Dataset<Row> values, String score) {
    return has(values, score)
        ? floor(col(score).divide(STEP)).multiply(STEP).cast(DataTypes.IntegerType)
        : lit(null).cast(DataTypes.IntegerType);
  }

  private static void add(String name, Dataset<Row> frame, Map<String, Column> figures) {
    if (has(frame, name)) {
      figures.put(name, sum(col(name)));
    }
  }

  /** A text column; null if there is no such column. */
  private static Column orNothing(Dataset<Row> frame, String column) {
    return has(frame, column) ? col(column) : lit(null).cast(DataTypes.StringType);
  }

  private static Column named(Map<String, Column> figures) {
    List<Column> pairs = new ArrayList<>();
    figures.forEach(
        (name, figure) -> {
          pairs.add(lit(name));
          pairs.add(figure.cast(DataTypes.createDecimalType(38, 6)));
        });
    return map(pairs.toArray(Column[]::new));
  }

  private static TableRow flat(Row row) {
    Map<String, Object> values = new LinkedHashMap<>(TableRow.of(row).values());
    values.remove(FIGURES);
    row.<String, Object>getJavaMap(row.fieldIndex(FIGURES)).forEach(values::put);
    return new TableRow(values);
  }

  static boolean has(Dataset<Row> frame, String column) {
    return List.of(frame.columns()).contains(column);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
