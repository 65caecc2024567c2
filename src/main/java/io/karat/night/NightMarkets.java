package io.karat.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.not;

import io.karat.input.Markets;
import io.karat.quality.CheckResult;
import io.karat.quality.MarketChecks;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Markets of a night set against its customers.
 *
 * @param markets see {@link Markets}
 * @param coverage the rows of {@code market_coverage}
 * @param known the characteristics by which customers are counted
 */
record NightMarkets(Dataset<Row> markets, Dataset<Row> coverage, List<String> known) {
  private static final int NAMED = 5;

  /** Checks that markets and customers fit together; starts jobs. */
  List<CheckResult> checks() {
    MarketChecks checks = new MarketChecks(known);
    Column characteristic = col(Markets.CHARACTERISTIC);
    Column market = concat_ws(" ", characteristic, col(Markets.VALUE));
    return List.of(
        checks.unknownCharacteristics(
            named(markets.filter(not(characteristic.isin(known.toArray()))), characteristic)),
        checks.uncovered(named(coverage.filter(col("customer_count").equalTo(0)), market)),
        checks.tooSmall(
            named(
                coverage.filter(col("market_share").gt(1).or(col("penetration").gt(1))), market)));
  }

  private static MarketChecks.Named named(Dataset<Row> rows, Column name) {
    Dataset<String> names = rows.select(name.as("name")).distinct().as(Encoders.STRING());
    return new MarketChecks.Named(
        names.count(), names.orderBy(col("name")).limit(NAMED).collectAsList());
  }
}
