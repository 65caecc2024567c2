package io.karat.tables;

import org.apache.spark.sql.types.DecimalType;

/** Decimal types of published columns, by the words that {@code tables.yaml} has for them. */
public final class DecimalTypes {
  /** The type of money of any number of decimals, and of what indicators may be. */
  public static final DecimalType NUMBER = TableDefinitions.decimal("number");

  /** The type of shares from 0 to 1. */
  public static final DecimalType SHARE = TableDefinitions.decimal("share");

  /** The type of shares and multiples, which may be below 0 or large. */
  public static final DecimalType RATIO = TableDefinitions.decimal("ratio");

  /** The type of scores from 0 to 100. */
  public static final DecimalType SCORE = TableDefinitions.decimal("score");

  /** The type of sums of points. */
  public static final DecimalType POINTS = TableDefinitions.decimal("points");

  /** The type of amounts as sources have them. */
  public static final DecimalType EXACT = TableDefinitions.decimal("exact");

  private DecimalTypes() {}
}
