package io.karat.settings;

import io.karat.run.LowerCase;
import java.util.Arrays;
import java.util.List;

/** Input table that a night can read, with the columns it may have in their logical order. */
public enum InputTable {
  /** Purchases and returns. */
  TRANSACTIONS(
      "What customers bought and returned.",
      "客户购买与退货的记录。",
      Column.required("customer_id", "Who bought.", "购买的客户。"),
      Column.required(
          "transaction_time",
          "When: a timestamp, a date, or text that reads so.",
          "时间：时间戳、日期或可如此解读的文本。"),
      Column.required(
          "amount",
          "What it was worth; of a whole transaction never negative, also of a return.",
          "金额；整笔交易不得为负，退货亦然。"),
      Column.requiredForLines(
          "transaction_id", "Which transaction the row belongs to.", "该行所属的交易。"),
      Column.optional(
          "type",
          "SALE or RETURN; every row is a SALE where this is not mapped.",
          "SALE（销售）或 RETURN（退货）；未映射时每行均为 SALE。"),
      Column.optional(
          "cost", "What it cost the business, positive for a return too.", "企业的成本；退货亦为正数。"),
      Column.optional("due_date", "When it is to be paid.", "应付款日期。"),
      Column.optional("product_id", "Which product.", "商品。"),
      Column.optional(
          "channel", "Where it was bought, such as WEB or SHOP.", "购买渠道，如 WEB 或 SHOP。")),

  /** Payments and refunds. */
  PAYMENTS(
      "What customers paid and got back.",
      "客户付款与退款的记录。",
      Column.required("customer_id", "Who paid.", "付款的客户。"),
      Column.required(
          "payment_time",
          "When: a timestamp, a date, or text that reads so.",
          "时间：时间戳、日期或可如此解读的文本。"),
      Column.required("amount", "How much, never negative, also of a refund.", "金额，不得为负，退款亦然。"),
      Column.optional("payment_id", "Which payment.", "收款编号。"),
      Column.optional(
          "type",
          "PAYMENT or REFUND; every row is a PAYMENT where this is not mapped.",
          "PAYMENT（收款）或 REFUND（退款）；未映射时每行均为 PAYMENT。")),

  /** Contacts between customers and the business. */
  CONTACTS(
      "When and why customers and the business spoke.",
      "客户与企业何时、因何联络。",
      Column.required("customer_id", "Who.", "客户。"),
      Column.required(
          "contact_time",
          "When: a timestamp, a date, or text that reads so.",
          "时间：时间戳、日期或可如此解读的文本。"),
      Column.required(
          "type",
          "TASK, PROCESS, PRAISE, COMPLAINT, SUGGESTION or OTHER.",
          "TASK（事务）、PROCESS（流程）、PRAISE（表扬）、COMPLAINT（投诉）、SUGGESTION（建议）或 OTHER（其他）。"),
      Column.optional("contact_id", "Which contact.", "联络编号。"),
      Column.optional("channel", "How, such as PHONE or VISIT.", "方式，如 PHONE 或 VISIT。"),
      Column.optional(
          "satisfaction",
          "How content the customer was, 1 to 5; others are unknown.",
          "客户满意度，1 至 5；其他值视为未知。"),
      Column.optional("cost", "What it cost the business.", "企业的成本。")),

  /** Customers, one row each, as known on a day. */
  CUSTOMERS(
      "Who the customers are: one row each, as known on a day.",
      "客户档案：每位客户一行，为某日所知。",
      Column.required("customer_id", "Who.", "客户。"),
      Column.optional("kind", "ENTERPRISE or PERSON.", "ENTERPRISE（企业）或 PERSON（个人）。"),
      Column.optional(
          "created_date",
          "Since when; a customer of a later day is not there yet.",
          "建档日期；晚于统计日的客户尚不存在。"),
      Column.optional("parent_customer_id", "The customer that this one belongs to.", "所属的上级客户。"),
      Column.optional(
          "opening_balance", "What was owed before the first transaction.", "首次交易前的欠款。"),
      Column.optional(
          "display_name",
          "A name to publish; only pseudonymous ids without it.",
          "要发布的名称；不映射则只有编号。"),
      Column.optional("owner", "Who looks after the customer.", "客户负责人。")),

  /** Sales that the business hopes for. */
  OPPORTUNITIES(
      "What the business hopes to sell.",
      "企业期望达成的销售。",
      Column.required("opportunity_id", "Which opportunity.", "商机编号。"),
      Column.required("customer_id", "To whom.", "客户。"),
      Column.required("created_date", "Since when.", "自何时起。"),
      Column.required("amount", "What it would be worth.", "预计金额。"),
      Column.required("probability", "How likely, 0 to 1.", "成交概率，0 至 1。"),
      Column.optional("expected_close_date", "When it is expected to be decided.", "预计结案日期。"),
      Column.optional("closed_date", "When it was decided; open until then.", "结案日期；此前为进行中。")),

  /** Other ids of the same customer. */
  ALIASES(
      "Other ids of the same customer.",
      "同一客户的其他编号。",
      Column.required("alias_id", "An id under which rows may come.", "记录中可能出现的编号。"),
      Column.required("customer_id", "Whose it is; may be an alias again.", "其所属客户；也可以又是别名。"));

  private final String english;
  private final String chinese;

  // The list is an immutable copy.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Column> columns;

  InputTable(String english, String chinese, Column... columns) {
    this.english = english;
    this.chinese = chinese;
    this.columns = List.copyOf(Arrays.asList(columns));
  }

  /** The meaning of the table in one sentence. */
  public BilingualText meaning() {
    return new BilingualText(english, chinese);
  }

  /** The columns that may be mapped. */
  public List<Column> columns() {
    return columns;
  }

  /** The name of the table in configuration and messages. */
  public String tableName() {
    return LowerCase.of(this);
  }

  /** Whether its rows are a snapshot of one day, so that a day may stand in its path. */
  public boolean isSnapshot() {
    return switch (this) {
      case TRANSACTIONS, PAYMENTS, CONTACTS -> false;
      case CUSTOMERS, OPPORTUNITIES, ALIASES -> true;
    };
  }

  /**
   * Column that an input table may have.
   *
   * @param meaning one sentence
   */
  public record Column(String name, Need need, BilingualText meaning) {
    static Column required(String name, String english, String chinese) {
      return new Column(name, Need.ALWAYS, new BilingualText(english, chinese));
    }

    static Column requiredForLines(String name, String english, String chinese) {
      return new Column(name, Need.FOR_LINES, new BilingualText(english, chinese));
    }

    static Column optional(String name, String english, String chinese) {
      return new Column(name, Need.NEVER, new BilingualText(english, chinese));
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

  /** Condition under which a column must be mapped. */
  public enum Need {
    /** For every grain. */
    ALWAYS,
    /** If a row is a line of a transaction. */
    FOR_LINES,
    /** Never; indicators that need the column are switched off without it. */
    NEVER
  }
}
