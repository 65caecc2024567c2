package io.karat.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A table that a night can read, and the columns it knows, in the order of their meaning. */
public enum InputTable {
  /** What customers bought and returned. */
  TRANSACTIONS(
      "What customers bought and returned.",
      Column.required("customer_id", "Who bought."),
      Column.required("transaction_time", "When: a timestamp, a date, or text that reads so."),
      Column.required("amount", "What it was worth, never negative for a whole transaction."),
      Column.requiredForLines("transaction_id", "Which transaction the row belongs to."),
      Column.optional("type", "SALE or RETURN; every row is a SALE where this is not mapped."),
      Column.optional("cost", "What it cost the business."),
      Column.optional("due_date", "When it is to be paid."),
      Column.optional("product_id", "Which product."),
      Column.optional("channel", "Where it was bought, such as WEB or SHOP.")),

  /** What customers paid and got back. */
  PAYMENTS(
      "What customers paid and got back.",
      Column.required("customer_id", "Who paid."),
      Column.required("payment_time", "When: a timestamp, a date, or text that reads so."),
      Column.required("amount", "How much, never negative."),
      Column.optional("payment_id", "Which payment."),
      Column.optional(
          "type", "PAYMENT or REFUND; every row is a PAYMENT where this is not mapped.")),

  /** When and why customers and the business spoke. */
  CONTACTS(
      "When and why customers and the business spoke.",
      Column.required("customer_id", "Who."),
      Column.required("contact_time", "When: a timestamp, a date, or text that reads so."),
      Column.required("type", "TASK, PROCESS, PRAISE, COMPLAINT, SUGGESTION or OTHER."),
      Column.optional("contact_id", "Which contact."),
      Column.optional("channel", "How, such as PHONE or VISIT."),
      Column.optional("satisfaction", "How content the customer was, 1 to 5; others are unknown."),
      Column.optional("cost", "What it cost the business.")),

  /** Who the customers are. */
  CUSTOMERS(
      "Who the customers are: one row each, as known on a day.",
      Column.required("customer_id", "Who."),
      Column.optional("kind", "ENTERPRISE or PERSON."),
      Column.optional("created_date", "Since when; a customer of a later day is not there yet."),
      Column.optional("parent_customer_id", "The customer that this one belongs to."),
      Column.optional("opening_balance", "What was owed before the first transaction."),
      Column.optional("display_name", "A name to publish; only pseudonymous ids without it."),
      Column.optional("owner", "Who looks after the customer.")),

  /** What the business hopes to sell. */
  OPPORTUNITIES(
      "What the business hopes to sell.",
      Column.required("opportunity_id", "Which opportunity."),
      Column.required("customer_id", "To whom."),
      Column.required("created_date", "Since when."),
      Column.required("amount", "What it would be worth."),
      Column.required("probability", "How likely, 0 to 1."),
      Column.optional("expected_close_date", "When it is expected to be decided."),
      Column.optional("closed_date", "When it was decided; open until then.")),

  /** Other ids of the same customer. */
  ALIASES(
      "Other ids of the same customer.",
      Column.required("alias_id", "An id under which rows may come."),
      Column.required("customer_id", "Whose it is; may be an alias again."));

  private final String meaning;

  // A copy, which nothing can change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Column> columns;

  InputTable(String meaning, Column... columns) {
    this.meaning = meaning;
    this.columns = List.copyOf(Arrays.asList(columns));
  }

  /** One sentence. */
  public String meaning() {
    return meaning;
  }

  /** The columns that can be mapped. */
  public List<Column> columns() {
    return columns;
  }

  /** The name of the table in configuration and messages. */
  public String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether its rows are what is known on some day, so that a day may stand in its path. */
  public boolean isSnapshot() {
    return switch (this) {
      case TRANSACTIONS, PAYMENTS, CONTACTS -> false;
      case CUSTOMERS, OPPORTUNITIES, ALIASES -> true;
    };
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
