package io.karat.measures;

import static io.karat.measures.Uses.use;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.MeasureSettings.Per;
import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of day counts over windows of any length. */
@ExtendWith(LocalSpark.class)
class DistinctDaysTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 1);

  /** 4,000 transactions of 20 customers within 1,000 days, every fifth a return. */
  private static final String TRANSACTIONS =
      """
      SELECT CONCAT('c', pmod(hash(id), 20)) AS customer_id,
        DATE_SUB(DATE'2026-03-01', pmod(hash(id, 1), pmod(hash(id), 20) * 50 + 1))
          AS transaction_time,
        IF(pmod(hash(id, 2), 5) = 0, 'RETURN', 'SALE') AS type, 1 AS amount
      FROM RANGE(4000)
      """;

  private final Dataset<Row> transactions;

  DistinctDaysTest(SparkSession spark) {
    transactions = spark.sql(TRANSACTIONS);
  }

  @Test
  void aWindowOfAnyLengthHasItsDistinctDays() {
    assertDistinctDays(
        Stream.concat(
                IntStream.of(1, 30, 64, 400, 448, 449, 500, 900)
                    .mapToObj(days -> Period.lastDays(days, AS_OF)),
                Stream.of(Period.lifetime(AS_OF)))
            .toList());
  }

  /** By default more than 20,000 customers in a partition are too many; here, more than 2. */
  @Test
  void customersTooManyForAHashMapHaveTheirDaysToo() {
    String limit = "spark.sql.objectHashAggregate.sortBased.fallbackThreshold";
    SparkSession spark = transactions.sparkSession();
    String before = spark.conf().get(limit);
    spark.conf().set(limit, "2");
    try {
      assertDistinctDays(List.of(Period.lastDays(400, AS_OF), Period.lifetime(AS_OF)));
    } finally {
      spark.conf().set(limit, before);
    }
  }

  /** A window may begin and end on any day. */
  @Test
  void aLongWindowBeginsAndEndsOnAnyDay() {
    assertDistinctDays(
        IntStream.range(0, 64)
            .mapToObj(AS_OF::minusDays)
            .map(to -> Period.lastDays(501, to))
            .map(days -> new Period("to_" + days.to().toEpochDay(), days.from(), days.to(), AS_OF))
            .toList());
  }

  private void assertDistinctDays(List<Period> periods) {
    Measure days = use("days", Per.DAY, "count 1 where sale_count > 0", periods.get(0)).measure();
    List<Measure.Use> uses = periods.stream().map(period -> new Measure.Use(days, period)).toList();
    List<Row> counted =
        Night.with("inputs.transactions.columns.type=type")
            .measures(transactions, uses, Set.of(), AS_OF.toString())
            .orderBy("customer_id")
            .select(
                Stream.concat(Stream.of("customer_id"), uses.stream().map(Measure.Use::column))
                    .map(functions::col)
                    .toArray(Column[]::new))
            .collectAsList();

    assertEquals(
        daysOfSales().entrySet().stream()
            .map(customer -> customer.getKey() + counts(customer.getValue(), periods))
            .collect(joining("\n")),
        counted.stream()
            .map(
                row ->
                    row.getString(0)
                        + IntStream.rangeClosed(1, periods.size()).mapToObj(row::getLong).toList())
            .collect(joining("\n")));
  }

  private Map<String, NavigableSet<LocalDate>> daysOfSales() {
    Map<String, NavigableSet<LocalDate>> sales = new TreeMap<>();
    for (Row sale : transactions.filter("type = 'SALE'").collectAsList()) {
      sales
          .computeIfAbsent(sale.getString(0), customer -> new TreeSet<>())
          .add(sale.getDate(1).toLocalDate());
    }
    assertEquals(20, sales.size());
    return sales;
  }

  private static List<Integer> counts(NavigableSet<LocalDate> days, List<Period> periods) {
    return periods.stream()
        .map(period -> days.subSet(period.from().orElse(LocalDate.MIN), true, period.to(), true))
        .map(Set::size)
        .toList();
  }
}
