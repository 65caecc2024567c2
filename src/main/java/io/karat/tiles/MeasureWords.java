package io.karat.tiles;

import io.karat.settings.MeasureSettings.Per;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words that a measure's expressions may use, by what is aggregated first. */
public final class MeasureWords {
  private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

  static {
    MEANINGS.put("day", "the business day");
    MEANINGS.put("month_number", "the calendar month as a whole number: 12 x year + month");
    MEANINGS.put("type", "SALE or RETURN");
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
  }

  private static final Set<String> MAPPED =
      Set.of("cost", "transaction_id", "product_id", "channel", "due_date");

  private MeasureWords() {}

  /** The words, and what each means. */
  public static Map<String, String> of(Per per) {
    return names(per).stream()
        .collect(
            Collectors.collectingAndThen(
                Collectors.toMap(
                    name -> name, MEANINGS::get, (one, other) -> one, LinkedHashMap::new),
                Collections::unmodifiableMap));
  }

  /** The columns of the input that a measure needs mapped, beside those that always are. */
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
    Stream<String> mapped =
        words.map(word -> word.toLowerCase(Locale.ROOT)).filter(MAPPED::contains);
    return Stream.concat(mapped, facet).collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> names(Per per) {
    return switch (per) {
      case ROW ->
          List.of(
              "day",
              "month_number",
              "type",
              "amount",
              "cost",
              "transaction_id",
              "product_id",
              "channel",
              "due_date");
      case TRANSACTION ->
          List.of("day", "month_number", "type", "amount", "cost", "transaction_id", "line_count");
      case DAY ->
          List.of(
              "day",
              "month_number",
              "sale_count",
              "return_count",
              "sales_amount",
              "return_amount",
              "net_sales_amount");
      case PRODUCT -> List.of("day", "month_number", "type", "amount", "product_id");
      case CHANNEL -> List.of("day", "month_number", "type", "amount", "channel");
    };
  }
}
