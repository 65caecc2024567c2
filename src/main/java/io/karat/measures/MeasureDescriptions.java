package io.karat.measures;

import io.karat.settings.BilingualText;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Descriptions of the names that a measure's expressions may use, by table and unit of aggregation.
 */
public final class MeasureDescriptions {
  private static final List<String> DAY = List.of("day", "month_number", "day_number");
  private static final Map<String, BilingualText> MEANINGS = new LinkedHashMap<>();

  static {
    put("day", "the business day", "营业日");
    put(
        "month_number",
        "the calendar month as a whole number: 12 x year + month",
        "日历月的整数编号：12 × 年 + 月");
    put(
        "day_number",
        "the business day as a whole number: days since 1970-01-01",
        "营业日的整数编号：自 1970-01-01 起的天数");
    put("type", "what kind of row it is: a word of that column of its input", "行的类型：输入中该列的取值");
    put(
        "amount",
        "the amount, never negative but in a line; of a transaction, the sum of its lines",
        "金额，除明细行外不为负；整笔交易为各行之和");
    put("cost", "the cost; of a transaction, unknown where one line has none", "成本；整笔交易有一行无成本即未知");
    put("transaction_id", "the transaction", "交易编号");
    put("product_id", "the product", "商品");
    put("channel", "the channel", "渠道");
    put("due_date", "the day on which it is due", "到期日");
    put("line_count", "the number of rows of the transaction", "该笔交易的行数");
    put("sale_count", "the number of sales of the day", "当日销售笔数");
    put("return_count", "the number of returns of the day", "当日退货笔数");
    put("sales_amount", "the sum of the day's sales", "当日销售额之和");
    put("return_amount", "the sum of the day's returns", "当日退货额之和");
    put("net_sales_amount", "the day's sales minus its returns", "当日销售额减退货额");
    put("payment_id", "the payment", "收款编号");
    put("payment_count", "the number of payments of the day", "当日收款笔数");
    put("refund_count", "the number of refunds of the day", "当日退款笔数");
    put("payment_amount", "the sum of the day's payments", "当日收款之和");
    put("refund_amount", "the sum of the day's refunds", "当日退款之和");
    put("contact_id", "the contact", "联络编号");
    put("satisfaction", "how content the customer was, 1 to 5", "客户满意度，1 至 5");
    put("contact_count", "the number of contacts of the day", "当日联络次数");
    put("kind", "ENTERPRISE or PERSON", "ENTERPRISE（企业）或 PERSON（个人）");
    put("created_date", "since when the customer is known", "客户建档日期");
    put("parent_customer_id", "the customer that this one belongs to", "所属的上级客户");
    put("opening_balance", "what was owed before the first transaction", "首次交易前的欠款");
    put("display_name", "the customer's name", "客户名称");
    put("owner", "who looks after the customer", "客户负责人");
    put("opportunity_id", "the opportunity", "商机编号");
    put("probability", "how likely it is, 0 to 1", "成交概率，0 至 1");
    put("expected_close_date", "when it is expected to be decided", "预计结案日期");
    put("closed_date", "when it was decided", "结案日期");
    put("is_open", "whether it is not decided by the as-of day", "截至统计日是否未结案");
    put("balance", "what the customer owes at the end of each of the days", "这些天每日日终的应收余额");
    put("owed", "the same, 0 where the customer has paid more than was billed", "同上；多付时为 0");
    put("overdue", "what is due and not paid at the end of each of the days", "这些天每日日终到期未付的金额");
    put("days", "how many days of the window the row stands for", "该行代表窗口内多少天");
    put("is_current", "whether the as-of day is among the days", "统计日是否在这些天内");
  }

  private MeasureDescriptions() {}

  private static void put(String word, String english, String chinese) {
    MEANINGS.put(word, new BilingualText(english, chinese));
  }

  /** The names and their meanings; declared characteristics of customers are names as well. */
  public static Map<String, BilingualText> of(MeasureSource table, Per per) {
    return names(table, per).stream()
        .collect(
            Collectors.collectingAndThen(
                Collectors.toMap(
                    name -> name, MEANINGS::get, (one, other) -> one, LinkedHashMap::new),
                Collections::unmodifiableMap));
  }

  /** The units by which a table can be aggregated first. */
  public static Set<Per> levels(MeasureSource table) {
    return Arrays.stream(Per.values())
        .filter(per -> !names(table, per).isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The optional columns of its input that a measure needs mapped. */
  public static Set<String> mappedColumns(Measure measure) {
    Stream<String> words =
        Stream.concat(
            measure.value().words().stream(),
            measure.where().stream().flatMap(where -> where.words().stream()));
    Stream<String> facet =
        switch (measure.per()) {
          case ROW, TRANSACTION, DAY -> Stream.of();
          case PRODUCT -> Stream.of("product_id");
          case CHANNEL -> Stream.of("channel");
        };
    Set<String> always = alwaysThere(measure.table(), measure.per());
    Stream<String> mapped =
        words.map(word -> word.toLowerCase(Locale.ROOT)).filter(word -> !always.contains(word));
    return Stream.concat(mapped, facet).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Names that need no mapping of their own. */
  private static Set<String> alwaysThere(MeasureSource table, Per per) {
    Set<String> words = new TreeSet<>(names(table, per));
    if (table != MeasureSource.RECEIVABLES) {
      table.inputs().stream()
          .flatMap(input -> input.columns().stream())
          .filter(column -> column.need() != InputTable.Need.ALWAYS)
          .filter(column -> !column.name().equals("type"))
          .forEach(column -> words.remove(column.name()));
    }
    return words;
  }

  private static List<String> names(MeasureSource table, Per per) {
    return switch (table) {
      case TRANSACTIONS -> ofTransactions(per);
      case PAYMENTS ->
          switch (per) {
            case ROW -> afterDay("type", "amount", "payment_id");
            case DAY ->
                afterDay("payment_count", "refund_count", "payment_amount", "refund_amount");
            case TRANSACTION, PRODUCT, CHANNEL -> List.of();
          };
      case CONTACTS ->
          switch (per) {
            case ROW -> afterDay("type", "channel", "satisfaction", "cost", "contact_id");
            case DAY -> afterDay("contact_count");
            case TRANSACTION, PRODUCT, CHANNEL -> List.of();
          };
      case CUSTOMERS ->
          onlyRows(
              per,
              "kind",
              "created_date",
              "parent_customer_id",
              "opening_balance",
              "display_name",
              "owner");
      case OPPORTUNITIES ->
          onlyRows(
              per,
              "day",
              "month_number",
              "day_number",
              "amount",
              "probability",
              "opportunity_id",
              "expected_close_date",
              "closed_date",
              "is_open");
      case RECEIVABLES -> onlyRows(per, "balance", "owed", "overdue", "days", "is_current");
    };
  }

  private static List<String> ofTransactions(Per per) {
    return switch (per) {
      case ROW ->
          afterDay("type", "amount", "cost", "transaction_id", "product_id", "channel", "due_date");
      case TRANSACTION -> afterDay("type", "amount", "cost", "transaction_id", "line_count");
      case DAY ->
          afterDay(
              "sale_count", "return_count", "sales_amount", "return_amount", "net_sales_amount");
      case PRODUCT -> afterDay("type", "amount", "product_id");
      case CHANNEL -> afterDay("type", "amount", "channel");
    };
  }

  private static List<String> afterDay(String... names) {
    return Stream.concat(DAY.stream(), Arrays.stream(names)).toList();
  }

  private static List<String> onlyRows(Per per, String... names) {
    return per == Per.ROW ? List.of(names) : List.of();
  }
}
