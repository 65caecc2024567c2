package io.karat.tiles;

import io.karat.settings.InputTable;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.Measured;
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

/** The words that a measure's expressions may use, by table and by what is aggregated first. */
public final class MeasureWords {
  private static final List<String> DAY = List.of("day", "month_number", "day_number");
  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("day", "the business day");
    MEANINGS.put("month_number", "the calendar month as a whole number: 12 x year + month");
    MEANINGS.put("day_number", "the business day as a whole number: days since 1970-01-01");
    MEANINGS.put("type", "what kind of row it is, such as SALE or RETURN");
    MEANINGS.put(
        "amount",
        "the amount, never negative but in a line; of a transaction, the sum of its lines");
    MEANINGS.put("cost", "the cost; of a transaction, unknown where one line has none");
    MEANINGS.put("transaction_id", "the transaction");
    MEANINGS.put("product_id", "the product");
    MEANINGS.put("channel", "the channel");
    MEANINGS.put("due_date", "the day on which it is due");
    MEANINGS.put("line_count", "the number of rows of the transaction");
    MEANINGS.put("sale_count", "the number of sales of the day");
    MEANINGS.put("return_count", "the number of returns of the day");
    MEANINGS.put("sales_amount", "the sum of the day's sales");
    MEANINGS.put("return_amount", "the sum of the day's returns");
    MEANINGS.put("net_sales_amount", "the day's sales minus its returns");
    MEANINGS.put("payment_id", "the payment");
    MEANINGS.put("payment_count", "the number of payments of the day");
    MEANINGS.put("refund_count", "the number of refunds of the day");
    MEANINGS.put("payment_amount", "the sum of the day's payments");
    MEANINGS.put("refund_amount", "the sum of the day's refunds");
    MEANINGS.put("contact_id", "the contact");
    MEANINGS.put("satisfaction", "how content the customer was, 1 to 5");
    MEANINGS.put("contact_count", "the number of contacts of the day");
    MEANINGS.put("kind", "ENTERPRISE or PERSON");
    MEANINGS.put("created_date", "since when the customer is known");
    MEANINGS.put("parent_customer_id", "the customer that this one belongs to");
    MEANINGS.put("opening_balance", "what was owed before the first transaction");
    MEANINGS.put("display_name", "the customer's name");
    MEANINGS.put("owner", "who looks after the customer");
    MEANINGS.put("opportunity_id", "the opportunity");
    MEANINGS.put("probability", "how likely it is, 0 to 1");
    MEANINGS.put("expected_close_date", "when it is expected to be decided");
    MEANINGS.put("closed_date", "when it was decided");
    MEANINGS.put("is_open", "whether it is not decided by the as-of day");
    MEANINGS.put("balance", "what the customer owes at the end of each of the days");
    MEANINGS.put("owed", "the same, 0 where the customer has paid more than was billed");
    MEANINGS.put("overdue", "what is due and not paid at the end of each of the days");
    MEANINGS.put("days", "how many days of the window the row stands for");
    MEANINGS.put("is_current", "whether the as-of day is among the days");
  }

  private MeasureWords() {}

  /** The words, and what each means; characteristics of customers are words of theirs too. */
  public static Map<String, String> of(Measured table, Per per) {
    return names(table, per).stream()
        .collect(
            Collectors.collectingAndThen(
                Collectors.toMap(
                    name -> name, MEANINGS::get, (one, other) -> one, LinkedHashMap::new),
                Collections::unmodifiableMap));
  }

  /** What a table can be aggregated by first. */
  public static Set<Per> levels(Measured table) {
    return Arrays.stream(Per.values())
        .filter(per -> !names(table, per).isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The columns of its input that a measure needs mapped, beside those that always are. */
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

  /** Words that need no mapping of their own. */
  private static Set<String> alwaysThere(Measured table, Per per) {
    Set<String> words = new TreeSet<>(names(table, per));
    if (table != Measured.RECEIVABLES) {
      table.inputs().stream()
          .flatMap(input -> input.columns().stream())
          .filter(column -> column.need() != InputTable.Need.ALWAYS)
          .filter(column -> !column.name().equals("type"))
          .forEach(column -> words.remove(column.name()));
    }
    return words;
  }

  private static List<String> names(Measured table, Per per) {
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
