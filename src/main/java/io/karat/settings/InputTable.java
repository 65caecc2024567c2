package io.karat.settings;

import java.util.List;
import java.util.Locale;

/** A table that a night can read, and the columns it knows, in the order of their meaning. */
public enum InputTable {
  /** What customers bought and returned. */
  TRANSACTIONS;

  private static final List<Column> TRANSACTION_COLUMNS =
      List.of(
          Column.required("customer_id", "Who bought."),
          Column.required("transaction_time", "When: a timestamp, a date, or text that reads so."),
          Column.required("amount", "What it was worth, never negative for a whole transaction."),
          Column.requiredForLines("transaction_id", "Which transaction the row belongs to."),
          Column.optional("type", "SALE or RETURN; every row is a SALE where this is not mapped."),
          Column.optional("cost", "What it cost the business."),
          Column.optional("due_date", "When it is to be paid."),
          Column.optional("product_id", "Which product."),
          Column.optional("channel", "Where it was bought, such as WEB or SHOP."));

  /** The columns that can be mapped. */
  public List<Column> columns() {
    return switch (this) {
      case TRANSACTIONS -> TRANSACTION_COLUMNS;
    };
  }

  /** The name of the table in configuration and messages. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A column that a table knows.
   *
   * @param meaning one sentence
   */
  public record Column(String name, Need need, String meaning) {
    static Column required(String name, String meaning) {
      return new Column(name, Need.ALWAYS, meaning);
    }

    static Column requiredForLines(String name, String meaning) {
      return new Column(name, Need.FOR_LINES, meaning);
    }

    static Column optional(String name, String meaning) {
      return new Column(name, Need.NEVER, meaning);
    }

    /** Whether a table of this grain must map the column. */
    public boolean isRequired(InputSettings.Grain grain) {
      return switch (need) {
        case ALWAYS -> true;
        case FOR_LINES -> grain == InputSettings.Grain.LINE;
        case NEVER -> false;
      };
    }
  }

  /** When a column must be mapped. */
  public enum Need {
    /** Whatever a row is. */
    ALWAYS,
    /** Where a row is a line of a transaction. */
    FOR_LINES,
    /** It may be left out; what needs it is then switched off. */
    NEVER
  }
}
