package io.karat.generate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Sizes of the markets that the firm sells in, by region, industry and company size: one row per
 * market and year. One in so many of a market is a customer, and each of it buys as much; two
 * markets are without a customer.
 */
record MarketGenerator(Population population) {
  private static final List<String> CHARACTERISTICS = List.of("region", "industry", "company_size");
  private static final Column CHARACTERISTIC = col("characteristic");
  private static final Column VALUE = col("value");
  private static final Column ONE_IN = col("one_in");
  private static final int FEWEST = 3;
  private static final int RANGE = 18;
  private static final long UNCOVERED = 500;

  /** What each of a market buys, from all its suppliers: a few times what a firm buys here. */
  private static final long AMOUNT_OF_EACH = 120_000_00;

  private static final long GROWTH = 6_000_00;

  /** One row per market and first day of a year: its size since then. */
  Dataset<Row> rows(SparkSession spark) {
    Column size = when(ONE_IN.isNull(), UNCOVERED).otherwise(col("customers").multiply(ONE_IN));
    Column ofEach = col("year").multiply(GROWTH).plus(AMOUNT_OF_EACH);
    return markets(spark)
        .select(col("*"), explode(years()).as("year"))
        .select(
            CHARACTERISTIC,
            VALUE,
            population.calendar().date(col("year").multiply(365)).as("as_of_date"),
            CentAmounts.ofCents(size.multiply(ofEach)).as("market_amount"),
            size.as("market_customers"))
        .transform(MarketGenerator::inOrder);
  }

  /** One row per market: how many of it there are for each customer; null without a customer. */
  Dataset<Row> truth(SparkSession spark) {
    return markets(spark).select(CHARACTERISTIC, VALUE, ONE_IN).transform(MarketGenerator::inOrder);
  }

  private Dataset<Row> markets(SparkSession spark) {
    Column oneIn = population.chance().whole(RANGE, "market", CHARACTERISTIC, VALUE).plus(FEWEST);
    LocalDate last = population.calendar().lastDay();
    return new CustomerGenerator(population)
        .on(last, spark)
        .select(
            inline(
                array(
                    CHARACTERISTICS.stream()
                        .map(it -> market(it, col(it)))
                        .toArray(Column[]::new))))
        .filter(VALUE.isNotNull())
        .groupBy(CHARACTERISTIC, VALUE)
        .agg(count(lit(1)).as("customers"))
        .select(col("*"), oneIn.cast("bigint").as("one_in"))
        .union(
            spark
                .range(1)
                .select(
                    inline(
                        array(
                            market("region", lit("OVERSEAS")), market("industry", lit("MINING")))))
                .select(col("*"), lit(0L), lit(null)));
  }

  private static Column market(String characteristic, Column value) {
    return struct(lit(characteristic).as("characteristic"), value.as("value"));
  }

  private Column years() {
    int years = (population.calendar().days() - 1) / 365 + 1;
    return array(IntStream.range(0, years).mapToObj(year -> lit(year)).toArray(Column[]::new));
  }

  private static Dataset<Row> inOrder(Dataset<Row> rows) {
    return rows.repartition(1)
        .sortWithinPartitions(
            Stream.of(rows.columns()).limit(3).map(name -> col(name)).toArray(Column[]::new));
  }
}
