package io.karat.indicators;

import static io.karat.testing.TextTable.frame;
import static java.math.RoundingMode.HALF_UP;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of all indicators on 300 transactions, against a plain implementation: lists, loops, big
 * decimals.
 */
@ExtendWith(LocalSpark.class)
class BruteForceTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 4, 30);

  @Test
  void everyIndicatorOfEveryCustomerIsWhatPlainJavaComputes(SparkSession spark) {
    List<Sale> sales = sales(new Random(20260430));
    Dataset<Row> source =
        frame(
            spark,
            "customer_id string, transaction_time date, type string, amount decimal(10,2),"
                + " cost decimal(10,2), product_id string, channel string",
            sales.stream().map(Sale::line).collect(joining("\n")));
    Night night =
        Night.with(
            "indicators.windows=[90d, 365d, lifetime]",
            "inputs.transactions.columns.type=type",
            "inputs.transactions.columns.cost=cost",
            "inputs.transactions.columns.product_id=product_id",
            "inputs.transactions.columns.channel=channel");
    List<String> names = night.plan().columns().stream().map(IndicatorColumn::name).toList();

    Map<String, List<Sale>> customers =
        sales.stream()
            .filter(sale -> !sale.day().isAfter(AS_OF))
            .collect(groupingBy(Sale::customer, TreeMap::new, toList()));
    String expected =
        customers.entrySet().stream()
            .map(customer -> customer.getKey() + ": " + indicators(customer.getValue(), names))
            .collect(joining("\n"));

    assertEquals(
        expected,
        night.indicators(source, AS_OF.toString()).collectAsList().stream()
            .map(row -> row.getString(0) + ": " + text(row, names))
            .sorted()
            .collect(joining("\n")));
  }

  private static String text(Row row, List<String> names) {
    return names.stream()
        .map(name -> name + "=" + row.getAs(name))
        .map(cell -> cell.replaceAll("=0E-6$", "=0.000000"))
        .collect(joining(", "));
  }

  private static String indicators(List<Sale> sales, List<String> names) {
    Map<String, Object> indicators = new TreeMap<>();
    new Window("90d", Optional.of(AS_OF.minusDays(89)), sales).addTo(indicators);
    new Window("365d", Optional.of(AS_OF.minusDays(364)), sales).addTo(indicators);
    new Window("lifetime", Optional.empty(), sales).addTo(indicators);
    List<LocalDate> days =
        sales.stream().filter(Sale::isSale).map(Sale::day).sorted().distinct().toList();
    Optional<LocalDate> first = days.stream().findFirst();
    Optional<LocalDate> last = days.stream().reduce((earlier, later) -> later);
    first.ifPresent(day -> indicators.put("first_sale_date", day));
    first.ifPresent(day -> indicators.put("tenure_days", ChronoUnit.DAYS.between(day, AS_OF)));
    last.ifPresent(day -> indicators.put("last_sale_date", day));
    last.ifPresent(day -> indicators.put("recency_days", ChronoUnit.DAYS.between(day, AS_OF)));
    last.ifPresent(day -> indicators.put("lateness", lateness(day, indicators)));
    if (first.isPresent()) {
      indicators.put("largest_two_transactions_amount", money(largestTwo(sales)));
    }
    return names.stream().map(name -> name + "=" + indicators.get(name)).collect(joining(", "));
  }

  private static BigDecimal lateness(LocalDate last, Map<String, Object> indicators) {
    BigDecimal late = BigDecimal.valueOf(30);
    if (indicators.get("average_transaction_interval_days_lifetime") instanceof BigDecimal usual) {
      late = late.max(usual.multiply(new BigDecimal("1.5")));
    }
    return BigDecimal.valueOf(ChronoUnit.DAYS.between(last, AS_OF))
        .divide(late, 6, HALF_UP)
        .max(BigDecimal.ONE.setScale(6));
  }

  private static long largestTwo(List<Sale> sales) {
    long[] rising = sales.stream().filter(Sale::isSale).mapToLong(Sale::cents).sorted().toArray();
    return LongStream.of(rising).skip(Math.max(0, rising.length - 2)).sum();
  }

  /** Seven customers over 15 months; money is in cents, every ninth transaction has no cost. */
  private static List<Sale> sales(Random random) {
    return IntStream.range(0, 300)
        .mapToObj(
            i ->
                new Sale(
                    "c" + random.nextInt(7),
                    AS_OF.plusDays(5).minusDays(random.nextInt(460)),
                    random.nextInt(5) > 0,
                    random.nextInt(50_000),
                    i % 9 == 0 ? Optional.empty() : Optional.of((long) random.nextInt(30_000)),
                    "P" + random.nextInt(12),
                    List.of("WEB", "SHOP", "FAIR").get(random.nextInt(3))))
        .toList();
  }

  private record Sale(
      String customer,
      LocalDate day,
      boolean isSale,
      long cents,
      Optional<Long> costCents,
      String product,
      String channel) {
    String line() {
      return Stream.of(
              customer,
              day.toString(),
              isSale ? "SALE" : "RETURN",
              money(cents).toString(),
              costCents.map(cost -> money(cost).toString()).orElse(""),
              product,
              channel)
          .collect(joining("|"));
    }

    long signed(long value) {
      return isSale ? value : -value;
    }
  }

  private record Window(String suffix, Optional<LocalDate> from, List<Sale> all) {
    void addTo(Map<String, Object> indicators) {
      List<Sale> inside = all.stream().filter(sale -> isInside(sale.day())).toList();
      List<Sale> sales = inside.stream().filter(Sale::isSale).toList();
      List<Sale> returns = inside.stream().filter(sale -> !sale.isSale()).toList();
      List<LocalDate> days = sales.stream().map(Sale::day).sorted().distinct().toList();
      long sold = cents(sales);
      long returned = cents(returns);
      put(indicators, "transaction_count", sales.size());
      put(indicators, "sales_amount", money(sold));
      put(indicators, "net_sales_amount", money(sold - returned));
      put(indicators, "average_transaction_amount", ratio(sold, 100L * sales.size()));
      put(indicators, "return_amount", money(returned));
      put(indicators, "return_count", returns.size());
      put(indicators, "return_rate", ratio(returned, sold));
      put(indicators, "transaction_day_count", days.size());
      put(indicators, "product_count", sales.stream().map(Sale::product).distinct().count());
      sales.stream()
          .mapToLong(Sale::cents)
          .max()
          .ifPresent(most -> put(indicators, "maximum_transaction_amount", money(most)));
      mainChannel(sales).ifPresent(channel -> put(indicators, "main_channel", channel));
      if (inside.stream().allMatch(sale -> sale.costCents().isPresent())) {
        long cost = inside.stream().mapToLong(it -> it.signed(it.costCents().orElseThrow())).sum();
        long profit = sold - returned - cost;
        put(indicators, "profit", money(profit));
        put(indicators, "gross_margin", ratio(profit, sold - returned));
      }
      if (days.size() > 1) {
        long between = ChronoUnit.DAYS.between(days.get(0), days.get(days.size() - 1));
        put(indicators, "average_transaction_interval_days", ratio(between, days.size() - 1));
      }
      put(indicators, "sales_trend", trend());
      put(indicators, "active_month_share", activeMonthShare());
    }

    /** The share of the whole months, from that of the first transaction on, with a sale. */
    private Optional<BigDecimal> activeMonthShare() {
      YearMonth began =
          all.stream().map(sale -> YearMonth.from(sale.day())).sorted().toList().get(0);
      YearMonth first =
          from.map(day -> YearMonth.from(day.minusDays(1)).plusMonths(1))
              .filter(month -> month.isAfter(began))
              .orElse(began);
      YearMonth last = YearMonth.from(AS_OF.plusDays(1)).minusMonths(1);
      int n = (int) ChronoUnit.MONTHS.between(first, last) + 1;
      return ratio(IntStream.range(0, n).filter(i -> hasSale(first.plusMonths(i))).count(), n);
    }

    /** The slope of least squares: sum of (x - mean x)(y - mean y) over sum of (x - mean x)². */
    private Optional<BigDecimal> trend() {
      YearMonth began =
          all.stream().map(sale -> YearMonth.from(sale.day())).sorted().toList().get(0);
      YearMonth first =
          from.map(day -> YearMonth.from(day.minusDays(1)).plusMonths(1))
              .filter(month -> month.isAfter(began))
              .orElse(began.plusMonths(1));
      YearMonth last = YearMonth.from(AS_OF.plusDays(1)).minusMonths(1);
      int n = (int) ChronoUnit.MONTHS.between(first, last) + 1;
      long withSale = IntStream.range(0, n).filter(i -> hasSale(first.plusMonths(i))).count();
      if (n < 3 || 2 * withSale < n) {
        return Optional.empty();
      }

      long[] y = IntStream.range(0, n).mapToLong(i -> net(first.plusMonths(i))).toArray();
      long total = LongStream.of(y).sum();
      // Twice the deviations, to keep whole numbers: 2x - (n - 1).
      long covariance = IntStream.range(0, n).mapToLong(x -> (2L * x - n + 1) * y[x]).sum();
      long variance = IntStream.range(0, n).mapToLong(x -> square(2L * x - n + 1)).sum();
      return ratio(2 * covariance * n, variance * total);
    }

    private boolean hasSale(YearMonth month) {
      return all.stream()
          .anyMatch(sale -> sale.isSale() && YearMonth.from(sale.day()).equals(month));
    }

    private long net(YearMonth month) {
      return all.stream()
          .filter(sale -> YearMonth.from(sale.day()).equals(month))
          .mapToLong(sale -> sale.signed(sale.cents()))
          .sum();
    }

    private boolean isInside(LocalDate day) {
      return from.map(first -> !day.isBefore(first)).orElse(true);
    }

    private void put(Map<String, Object> indicators, String name, Object value) {
      Object known = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
      if (known != null) {
        indicators.put(name + "_" + suffix, known);
      }
    }
  }

  private static Optional<String> mainChannel(List<Sale> sales) {
    Map<String, Long> channels =
        sales.stream().collect(groupingBy(Sale::channel, summingLong(Sale::cents)));
    return channels.entrySet().stream()
        .min(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey);
  }

  private static long square(long value) {
    return value * value;
  }

  private static long cents(List<Sale> sales) {
    return sales.stream().mapToLong(Sale::cents).sum();
  }

  private static BigDecimal money(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }

  private static Optional<BigDecimal> ratio(long numerator, long denominator) {
    return denominator > 0
        ? Optional.of(
            BigDecimal.valueOf(numerator).divide(BigDecimal.valueOf(denominator), 6, HALF_UP))
        : Optional.empty();
  }
}
