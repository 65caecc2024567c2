package io.karat.report;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Rows of {@code market_coverage} as far as a report shows them: of each characteristic those with
 * the largest net sales and those of the largest markets, and one row for all others. They come in
 * any order.
 */
final class LargestValues {
  /** The column that says for how many values a row stands that is not one of them. */
  static final String OTHERS = "others";

  static final String SALES = "net_sales_amount_365d";

  /** The size of a market; null where it is not known. */
  static final String SIZE = "market_amount";

  static final int MOST = 1_000;

  /** The largest number of values of which none is put together with others. */
  static final int MOST_WHOLE = 2 * MOST;

  static final String CHARACTERISTIC = "characteristic";

  private static final String CUSTOMERS = "customer_count";

  private final Map<String, List<TableRow>> largest = new TreeMap<>();
  private final List<TableRow> others = new ArrayList<>();

  void add(TableRow row) {
    String characteristic = row.word(CHARACTERISTIC);
    List<TableRow> rows = largest.computeIfAbsent(characteristic, it -> new ArrayList<>());
    rows.add(row);
    if (rows.size() > MOST_WHOLE) {
      shorten(characteristic, rows);
    }
  }

  List<TableRow> rows() {
    List<TableRow> all = new ArrayList<>();
    largest.values().forEach(all::addAll);
    all.addAll(others);
    return all;
  }

  private void shorten(String characteristic, List<TableRow> rows) {
    Set<TableRow> kept = new HashSet<>(first(rows, by(SALES)));
    kept.addAll(first(rows, by(SIZE)));
    List<TableRow> left =
        new ArrayList<>(
            rows.stream().filter(it -> !kept.contains(it) && it.count(CUSTOMERS) > 0).toList());
    rows.retainAll(kept);
    others.stream().filter(it -> it.word(CHARACTERISTIC).equals(characteristic)).forEach(left::add);
    others.removeAll(left);
    if (!left.isEmpty()) {
      others.add(together(characteristic, left));
    }
  }

  private static List<TableRow> first(List<TableRow> rows, Comparator<TableRow> order) {
    return rows.stream().sorted(order).limit(MOST / 2).toList();
  }

  /** The order of a report: the largest first, those of one size by their value. */
  static Comparator<TableRow> by(String column) {
    return comparing((TableRow it) -> it.amount(column))
        .reversed()
        .thenComparing(it -> it.word("value"));
  }

  private static TableRow together(String characteristic, List<TableRow> rows) {
    Map<String, Object> sums = new LinkedHashMap<>();
    sums.put(CHARACTERISTIC, characteristic);
    sums.put(OTHERS, BigDecimal.valueOf(count(rows)));
    sums.put(CUSTOMERS, TableRow.sum(rows, CUSTOMERS));
    if (rows.stream().anyMatch(it -> it.number(SALES).isPresent())) {
      sums.put(SALES, TableRow.sum(rows, SALES));
    }
    return new TableRow(sums);
  }

  /** The number of values for which rows stand. */
  static long count(List<TableRow> rows) {
    return rows.stream()
        .mapToLong(it -> it.number(OTHERS).map(BigDecimal::longValue).orElse(1L))
        .sum();
  }
}
