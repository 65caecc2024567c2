package io.karat.tiles;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.frame.Money;
import org.apache.spark.sql.Column;

/** What a measure per day may name: the day's transactions, counted and added up. */
final class DayWords {
  static final String SALE_COUNT = "sale_count";
  static final String RETURN_COUNT = "return_count";
  static final String SALES_AMOUNT = "sales_amount";
  static final String RETURN_AMOUNT = "return_amount";
  static final String NET_SALES_AMOUNT = "net_sales_amount";

  /** How their parts are named: no measure of a business begins with "_". */
  static final String PART = "_day_word_";

  private DayWords() {}

  static Words of(Money money) {
    Column sales = minorUnits(SALES_AMOUNT);
    Column returns = minorUnits(RETURN_AMOUNT);
    return Words.ofDay(money)
        .wholeNumber(SALE_COUNT, count(SALE_COUNT))
        .wholeNumber(RETURN_COUNT, count(RETURN_COUNT))
        .money(SALES_AMOUNT, sales)
        .money(RETURN_AMOUNT, returns)
        .money(NET_SALES_AMOUNT, sales.minus(returns))
        .build();
  }

  private static Column count(String name) {
    return coalesce(col(PART + name + "__0"), lit(0L));
  }

  private static Column minorUnits(String name) {
    return Money.minorUnitsOf(
        coalesce(col(PART + name + "__0"), lit(0L)), coalesce(col(PART + name + "__1"), lit(0L)));
  }
}
