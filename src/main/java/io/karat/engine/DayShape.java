package io.karat.engine;

import io.karat.ledger.EntrySchema;
import java.io.Serializable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/**
 * Shape of the rows of a customer, of the transactions that lines are put together into, and of
 * days. A day carries the first parts of its rows; what is computed from the others follows.
 */
public final class DayShape implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The rows, or lines. */
  final Level rows;

  /** The transactions of lines; the same as the rows if these are no lines. */
  final Level units;

  final Level days;

  /**
   * Level at which entries are put together.
   *
   * @param carried the number of slots that the next level carries
   * @param expressions what the next level computes from the other slots
   */
  record Level(SlotTypes types, EntrySchema schema, int carried, EntryExpressions expressions)
      implements Serializable {
    static Level of(SlotTypes types, int carriedParts, EntryExpressions expressions) {
      EntrySchema schema = EntrySchema.of(types.parts());
      int carried = carriedParts < schema.parts() ? schema.first(carriedParts) : schema.slots();
      return new Level(types, schema, carried, expressions);
    }

    String text() {
      return "%s, of which %d are carried, then %s"
          .formatted(types.text(), carried, expressions.text());
    }

    /** The types of the next level. */
    SlotTypes next(int carriedParts) {
      return types.and(expressions.types(), carriedParts, carried);
    }
  }

  final boolean hasLines;

  private DayShape(boolean hasLines, Level rows, Level units, Level days) {
    this.hasLines = hasLines;
    this.rows = rows;
    this.units = units;
    this.days = days;
  }

  /**
   * The shape of rows and days.
   *
   * @param types the slots of a row
   * @param carried the number of parts that a day carries
   * @param ofDays what is computed from a day's sums of the others
   */
  public static DayShape of(SlotTypes types, int carried, EntryExpressions ofDays) {
    Level rows = Level.of(types, carried, ofDays);
    return new DayShape(false, rows, rows, days(rows, carried));
  }

  /**
   * The shape of lines, transactions and days. The first slots that are not carried are the id and
   * the type of a transaction.
   *
   * @param types the slots of a line
   * @param carried the number of parts that a transaction and its day carry, if it is used
   * @param ofTransactions what is computed from a transaction's sums of the others; the last slot
   *     tells whether it is used
   * @param carriedMore the number of computed parts that a day carries too
   */
  public static DayShape ofLines(
      SlotTypes types,
      int carried,
      EntryExpressions ofTransactions,
      int carriedMore,
      EntryExpressions ofDays) {
    Level lines = Level.of(types, carried, ofTransactions);
    Level units = Level.of(lines.next(carried), carried + carriedMore, ofDays);
    return new DayShape(true, lines, units, days(units, carried + carriedMore));
  }

  private static Level days(Level units, int carried) {
    return Level.of(units.next(carried), Integer.MAX_VALUE, EntryExpressions.none());
  }

  /** The schema of the entries of days. */
  public EntrySchema days() {
    return days.schema();
  }

  /**
   * The shape as text: days of two nights can be put together only if theirs is the same.
   *
   * @param contributions rows with the values that this shape begins with
   */
  public String text(Dataset<Row> contributions) {
    return String.join(
        "\n", PlanText.ofColumns(contributions), rows.text(), units.text(), days.text());
  }

  /** The type of a slot of a day. */
  public DataType type(int slot) {
    return days.types().type(slot);
  }
}
