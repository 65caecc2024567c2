package io.karat.measures;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;

import io.karat.engine.FoldedLedgers;
import io.karat.expressions.RowExpression;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Buyers and net sales of each channel, from the sales and returns that it had itself; those
 * without a channel are in none.
 */
public final class ChannelSales {
  /** The window of sales and returns, in days. */
  public static final int DAYS = 365;

  public static final String CHANNEL = "channel";

  /** The number of customers with a sale in the channel. */
  public static final String BUYERS = "buyers";

  /** Their net sales, in minor units. */
  public static final String NET_SALES = "channel_net_sales";

  private static final Measure SALES = measure("_channel_sales", "SALE");
  private static final Measure RETURNS = measure("_channel_returns", "RETURN");

  private ChannelSales() {}

  /**
   * Some uses of measures, with those of each channel if one of them looks at channels; the sales
   * are kept for the largest channel anyway.
   */
  public static List<Measure.Use> with(List<Measure.Use> uses, LocalDate asOf) {
    return uses.stream().anyMatch(use -> use.measure().per() == Per.CHANNEL)
        ? Stream.of(uses, uses(asOf)).flatMap(List::stream).toList()
        : uses;
  }

  private static List<Measure.Use> uses(LocalDate asOf) {
    Period window = Period.lastDays(DAYS, asOf);
    return List.of(new Measure.Use(SALES, window), new Measure.Use(RETURNS, window));
  }

  private static Measure measure(String name, String type) {
    return new Measure(
        name,
        MeasureSource.TRANSACTIONS,
        Per.CHANNEL,
        Over.LIFETIME,
        Optional.of(RowExpression.parse("type = '%s'".formatted(type))),
        Aggregate.SUM,
        RowExpression.parse("amount"));
  }

  /**
   * One row per channel with a sale or return: {@value #CHANNEL}, {@value #BUYERS} and {@value
   * #NET_SALES}; empty where no measure looks at channels.
   *
   * @param measures the measures of customers
   */
  public static Optional<Dataset<Row>> of(Dataset<Row> measures, LocalDate asOf) {
    List<String> columns = uses(asOf).stream().map(Measure.Use::column).toList();
    if (!List.of(measures.columns()).containsAll(columns)) {
      return Optional.empty();
    }

    Column sales = sums(columns.get(0), 1);
    Column returns = sums(columns.get(1), -1);
    return Optional.of(
        measures
            .select(inline(concat(sales, returns)))
            .groupBy(CHANNEL)
            .agg(
                count_if(col("is_sale")).as(BUYERS),
                sum("units").cast("decimal(28,0)").as(NET_SALES)));
  }

  private static Column sums(String column, int sign) {
    Column sums =
        transform(
            col(column),
            it ->
                struct(
                    it.getField(FoldedLedgers.TEXT).as(CHANNEL),
                    lit(sign > 0).as("is_sale"),
                    it.getField(FoldedLedgers.SUM)
                        .multiply(lit(sign))
                        .cast("decimal(38,0)")
                        .as("units")));
    return coalesce(sums, array());
  }
}
