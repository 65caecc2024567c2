package io.karat.measures;

import static io.karat.settings.Translations.text;

import io.karat.input.UnitPrices;
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

  private MeasureDescriptions() {}

  /** The names and their meanings; declared characteristics of customers are names as well. */
  public static Map<String, BilingualText> of(MeasureSource table, Per per) {
    return names(table, per).stream()
        .collect(
            Collectors.collectingAndThen(
                Collectors.toMap(
                    name -> name,
                    name -> text("measure_name." + name),
                    (one, other) -> one,
                    LinkedHashMap::new),
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
    Stream<String> priced = comparesPrices(measure) ? UnitPrices.COLUMNS.stream() : Stream.of();
    return Stream.of(mapped, facet, priced)
        .flatMap(names -> names)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a measure needs the prices of all customers. */
  public static boolean comparesPrices(Measure measure) {
    return measure.table() == MeasureSource.TRANSACTIONS
        && Stream.concat(
                measure.value().words().stream(),
                measure.where().stream().flatMap(where -> where.words().stream()))
            .anyMatch(word -> word.toLowerCase(Locale.ROOT).equals(UnitPrices.USUAL));
  }

  /** Names that need no mapping of their own. */
  private static Set<String> alwaysThere(MeasureSource table, Per per) {
    Set<String> words = new TreeSet<>(names(table, per));
    if (!table.isDerived()) {
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
            case ROW -> afterDay("type", "amount", "payment_id", "transaction_id");
            case DAY ->
                afterDay("payment_count", "refund_count", "payment_amount", "refund_amount");
            case TRANSACTION, PRODUCT, CHANNEL -> List.of();
          };
      case CONTACTS ->
          switch (per) {
            case ROW ->
                afterDay("type", "channel", "satisfaction", "cost", "contact_id", "resolved_time");
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
              "stage",
              "is_won",
              "is_open");
      case RECEIVABLES ->
          onlyRows(per, "balance", "owed", "overdue", "early", "falling_due", "days", "is_current");
      case INVOICES ->
          onlyRows(
              per,
              "day",
              "month_number",
              "day_number",
              "billed",
              "paid",
              "unpaid",
              "days_late",
              "is_settled",
              "is_late",
              "is_disputed");
      case COMPLAINTS ->
          onlyRows(
              per,
              "day",
              "month_number",
              "day_number",
              "days_to_resolve",
              "days_to_sale",
              "is_resolved");
      case SERVICES -> onlyRows(per, "day", "month_number", "day_number", "cost", "days_to_sale");
    };
  }

  private static List<String> ofTransactions(Per per) {
    return switch (per) {
      case ROW ->
          afterDay(
              "type",
              "amount",
              "net_amount",
              "cost",
              "transaction_id",
              "product_id",
              "channel",
              "due_date",
              "quantity",
              "discount",
              "usual_amount",
              "sale_date");
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
