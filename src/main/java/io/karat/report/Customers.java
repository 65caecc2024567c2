package io.karat.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.Settings;
import io.karat.settings.Window;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a report asks of all customers: sums and counts, each in one pass. Only columns that there
 * are are looked at.
 */
record Customers(SparkSession spark, ReleaseTables tables, Settings settings) {
  static final String CUSTOMERS = "customers";
  static final String ACTIVE = "active";
  static final String CURRENT = "current_value_score";
  static final String POTENTIAL = "potential_value_score";
  static final String QUADRANT = "scorecard_quadrant";
  static final String LIFECYCLE = "lifecycle";
  static final String RECENCY = "recency_days";
  static final String AT_RISK = "value_at_risk_amount";
  static final String NIGHT = "as_of_date";

  /** Scores are counted in steps of so many points. */
  static final int STEP = 5;

  private static final int MOST_NIGHTS = 24;
  private static final String FIGURES = "figures";

  /** The longest window of days, or everything where there is none. */
  static Window window(Settings settings) {
    return settings.indicators().windows().stream()
        .filter(window -> !window.isLifetime())
        .max(Comparator.comparingInt(window -> window.days().orElse(0)))
        .orElse(Window.LIFETIME);
  }

  /** The column of an indicator over that window. */
  static String windowed(String indicator, Settings settings) {
    return indicator + "_" + window(settings).suffix();
  }

  /**
   * Sums over all customers, and how many have which scores.
   *
   * @return one entry without scores that has the sums of customer_indicators, others for each cell
   *     of scores with the sums of customer_value
   */
  List<Entry> figures() throws IOException {
    Dataset<Row> indicators = frame(ReleaseTables.INDICATORS);
    Dataset<Row> values = frame(ReleaseTables.VALUES);
    Map<String, Column> ofIndicators = new LinkedHashMap<>();
    ofIndicators.put(CUSTOMERS, count(lit(1)));
    active(indicators).ifPresentOrElse(active -> ofIndicators.put(ACTIVE, active), () -> {});
    Stream.of("net_sales_amount", "sales_amount", "transaction_count", "profit")
        .map(name -> windowed(name, settings))
        .forEach(name -> add(name, indicators, ofIndicators));
    Stream.of("arrears_amount", "expected_sales_amount")
        .forEach(name -> add(name, indicators, ofIndicators));
    Map<String, Column> ofValues = new LinkedHashMap<>();
    ofValues.put(CUSTOMERS, count(lit(1)));
    Stream.concat(Stream.of(AT_RISK), foreseen()).forEach(name -> add(name, values, ofValues));

    Dataset<Row> totals =
        indicators
            .agg(named(ofIndicators).as(FIGURES))
            .select(
                lit(null).cast(DataTypes.IntegerType).as(CURRENT),
                lit(null).cast(DataTypes.IntegerType).as(POTENTIAL),
                lit(null).cast(DataTypes.StringType).as(QUADRANT),
                lit(true).as("is_total"),
                col(FIGURES));
    Dataset<Row> cells =
        values
            .withColumn(CURRENT, step(values, CURRENT))
            .withColumn(POTENTIAL, step(values, POTENTIAL))
            .withColumn(
                QUADRANT,
                has(values, QUADRANT) ? col(QUADRANT) : lit(null).cast(DataTypes.StringType))
            .groupBy(CURRENT, POTENTIAL, QUADRANT)
            .agg(named(ofValues).as(FIGURES))
            .select(
                col(CURRENT),
                col(POTENTIAL),
                col(QUADRANT),
                lit(false).as("is_total"),
                col(FIGURES));
    return totals.union(cells).collectAsList().stream().map(Customers::flat).toList();
  }

  /** Expected sales and lifetime value of each horizon. */
  private Stream<String> foreseen() {
    return settings.lifetimeValue().stream()
        .flatMap(lifetime -> lifetime.horizonDays().stream())
        .flatMap(
            days ->
                Stream.of(
                    "expected_sales_amount_next_%dd".formatted(days),
                    "lifetime_value_next_%dd".formatted(days)));
  }

  /** Counts by night and lifecycle, of the nights that the history shows. */
  List<Entry> nights() throws IOException {
    List<List<Path>> nights = tables.nights(MOST_NIGHTS);
    StructType tonight = tables.table(ReleaseTables.HISTORY).schema(last(last(nights)));
    StructType columns =
        new StructType(
            Stream.of(tonight.fields())
                .filter(field -> looked().contains(field.name()))
                .toArray(StructField[]::new));
    List<String> files = new ArrayList<>();
    for (List<Path> night : nights) {
      if (tables.fits(night.get(0), columns)) {
        night.forEach(file -> files.add(file.toString()));
      }
    }
    Dataset<Row> customers = spark.read().schema(columns).parquet(files.toArray(String[]::new));
    Map<String, Column> figures = new LinkedHashMap<>();
    figures.put(CUSTOMERS, count(lit(1)));
    active(customers).ifPresent(active -> figures.put(ACTIVE, active));
    Stream.of(windowed("net_sales_amount", settings), AT_RISK)
        .forEach(name -> add(name, customers, figures));
    Column lifecycle =
        has(customers, LIFECYCLE) ? col(LIFECYCLE) : lit(null).cast(DataTypes.StringType);
    return customers
        .groupBy(col(NIGHT), lifecycle.as(LIFECYCLE))
        .agg(named(figures).as(FIGURES))
        .collectAsList()
        .stream()
        .map(Customers::flat)
        .toList();
  }

  private List<String> looked() {
    return List.of(NIGHT, LIFECYCLE, RECENCY, AT_RISK, windowed("net_sales_amount", settings));
  }

  /** A table of the release; its schema is known, so no job finds it out. */
  Dataset<Row> frame(String table) throws IOException {
    return spark.read().schema(tables.table(table).schema()).parquet(tables.folder(table));
  }

  private java.util.Optional<Column> active(Dataset<Row> customers) {
    Window window = window(settings);
    return has(customers, RECENCY)
        ? java.util.Optional.of(
            window.isLifetime()
                ? count(col(RECENCY))
                : count(when(col(RECENCY).lt(window.days().getAsInt()), 1)))
        : java.util.Optional.empty();
  }

  private static Column step(Dataset<Row> values, String score) {
    return has(values, score)
        ? floor(col(score).divide(STEP)).multiply(STEP).cast(DataTypes.IntegerType)
        : lit(null).cast(DataTypes.IntegerType);
  }

  private static void add(String name, Dataset<Row> frame, Map<String, Column> figures) {
    if (has(frame, name)) {
      figures.put(name, coalesce(sum(col(name)), lit(BigDecimal.ZERO)));
    }
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

  private static Entry flat(Row row) {
    Map<String, Object> values = new LinkedHashMap<>(Entry.of(row).values());
    values.remove(FIGURES);
    row.<String, Object>getJavaMap(row.fieldIndex(FIGURES)).forEach(values::put);
    return new Entry(values);
  }

  static boolean has(Dataset<Row> frame, String column) {
    return List.of(frame.columns()).contains(column);
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
