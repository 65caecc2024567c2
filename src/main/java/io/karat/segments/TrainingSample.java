package io.karat.segments;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.karat.run.Fingerprint;
import io.karat.scores.ScorePlan;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * A sample of customers to fit on: all of them, or those whose ids have the least hashes, in the
 * order of their ids. It is the same for any order and partitions of the table, and never larger
 * than the configuration allows.
 */
final class TrainingSample {
  private static final String PLACE = "place";
  private static final long PLACES = 1L << 40;

  /** The factor of customers fetched over those wanted, so that there are enough by chance too. */
  private static final double MARGIN = 1.02;

  private static final int MORE = 200;
  private static final int TWO_MONTHS = 62;
  private static final int WEEKS_OF_TWO_MONTHS = 9;
  private static final int WEEKS_OF_A_QUARTER = 14;

  /** One customer in so many is enough for longer bins. */
  private static final int SLOW_OF = 20;

  private final List<String> names;
  private final List<String> customers;
  private final double[][] values;
  private final double[] sales;
  private final long all;

  /**
   * A sample of customers.
   *
   * @param rows the id, its place, sales, and a value for each name
   * @param all the number of customers that they are taken from
   */
  TrainingSample(List<String> names, List<Row> rows, long all) {
    this.names = List.copyOf(names);
    this.customers = rows.stream().map(row -> row.getString(0)).toList();
    this.all = all;
    this.sales = rows.stream().mapToDouble(row -> row.getDouble(2)).toArray();
    this.values = new double[names.size()][rows.size()];
    for (int f = 0; f < names.size(); f++) {
      for (int i = 0; i < rows.size(); i++) {
        values[f][i] = rows.get(i).isNullAt(f + 3) ? Double.NaN : rows.get(i).getDouble(f + 3);
      }
    }
  }

  /**
   * Fetches customers; starts two jobs.
   *
   * @param indicators one row per customer
   * @param names columns of numbers
   * @param most the most customers
   */
  static TrainingSample of(Dataset<Row> indicators, List<String> names, int most) {
    Column place = pmod(xxhash64(Columns.column(Columns.CUSTOMER_ID)), lit(PLACES));
    List<Column> columns = new ArrayList<>();
    columns.add(Columns.column(Columns.CUSTOMER_ID));
    columns.add(place.as(PLACE));
    columns.add(
        coalesce(Columns.column(ScorePlan.SALES).cast(DataTypes.DoubleType), lit(0.0)).as("sales"));
    names.forEach(name -> columns.add(Feature.value(name).as("value " + name)));
    Dataset<Row> customers = indicators.select(columns.toArray(Column[]::new));

    long all = indicators.count();
    double wanted = (most * MARGIN + MORE) / Math.max(all, 1);
    List<Row> fetched =
        wanted >= 1
            ? customers.collectAsList()
            : customers.filter(Columns.column(PLACE).lt((long) (wanted * PLACES))).collectAsList();
    List<Row> rows =
        fetched.stream()
            .sorted(
                comparingLong((Row row) -> row.getLong(1)).thenComparing(TrainingSample::customer))
            .limit(most)
            .sorted(comparing(TrainingSample::customer))
            .toList();
    return new TrainingSample(names, rows, all);
  }

  private static String customer(Row row) {
    return row.getString(0);
  }

  /** The number of customers that the sample is drawn from. */
  long all() {
    return all;
  }

  int size() {
    return customers.size();
  }

  /** Whether the sample has a column. */
  boolean has(String name) {
    return names.contains(name);
  }

  /** The values of a column, in the order of the customers; NaN for unknown ones. */
  double[] values(String name) {
    return values[names.indexOf(name)].clone();
  }

  /** Whether any customer has a value in a column. */
  boolean isKnown(String name) {
    return Arrays.stream(values[names.indexOf(name)]).anyMatch(value -> !Double.isNaN(value));
  }

  /**
   * The whole weeks by which days since the latest event are counted, as they move with weekdays
   * and with the day of the month on which customers are billed. Nine weeks are more than two
   * months, so that customers who are billed at month ends stay in their bin even if they skip a
   * month. Where one customer in twenty buys at an interval of more than two months, it is fourteen
   * weeks, which are more than a quarter.
   */
  int calendarWeeks() {
    long slow =
        has(ScorePlan.OWN_INTERVAL)
            ? Arrays.stream(values(ScorePlan.OWN_INTERVAL))
                .filter(days -> days > TWO_MONTHS)
                .count()
            : 0;
    return slow * SLOW_OF > size() ? WEEKS_OF_A_QUARTER : WEEKS_OF_TWO_MONTHS;
  }

  /** Net sales of 365 days; 0 if unknown. */
  double[] sales() {
    return sales.clone();
  }

  /** The customers with a value in every one of some columns. */
  int[] complete(List<String> columns) {
    int[] places = columns.stream().mapToInt(names::indexOf).toArray();
    return IntStream.range(0, size())
        .filter(i -> Arrays.stream(places).noneMatch(f -> Double.isNaN(values[f][i])))
        .toArray();
  }

  /** The values at some positions. */
  static double[] at(double[] values, int[] places) {
    return Arrays.stream(places).mapToDouble(i -> values[i]).toArray();
  }

  /** A hash that is equal for equal customers with equal values of some columns. */
  String hash(List<String> columns) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      StringJoiner line = new StringJoiner("|");
      line.add(customers.get(i));
      for (String column : columns) {
        line.add(Double.toString(values[names.indexOf(column)][i]));
      }
      lines.add(line.add(Double.toString(sales[i])).toString());
    }
    return Fingerprint.of(lines);
  }
}
