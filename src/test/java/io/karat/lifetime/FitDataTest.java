package io.karat.lifetime;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.PurchaseHistories.Counted;
import io.karat.settings.LifetimeSettings.Occasion;
import io.karat.tables.CustomerSample;
import io.karat.testing.LocalSpark;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** More customers than are collected: their histories are counted, and a sample represents them. */
@ExtendWith(LocalSpark.class)
class FitDataTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 1);
  private static final PurchaseColumns COLUMNS = new PurchaseColumns(Occasion.SALE, 0);

  /** More than the half a million whose histories are kept for Pareto/NBD. */
  private static final long CUSTOMERS = 600_000;

  private final SparkSession spark;

  FitDataTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void everyHistoryIsCounted() {
    Map<PurchaseHistory, Long> expected =
        LongStream.range(0, CUSTOMERS)
            .filter(id -> occasions(id) > 0)
            .boxed()
            .collect(groupingBy(FitDataTest::history, counting()));
    FitData buyers = FitData.of(customers(), COLUMNS, AS_OF, CUSTOMERS);

    assertEquals(expected, byHistory(buyers.histories()));
    long all = customers(buyers.histories());
    assertEquals(CUSTOMERS - CUSTOMERS / 5, all);
    assertShare(0.5, customers(buyers.some()), all);
    assertShare(0.25, buyers.sample().size(), all);
    Map<PurchaseHistory, Long> counted = byHistory(buyers.histories());
    byHistory(buyers.some())
        .forEach((history, some) -> assertTrue(some <= counted.getOrDefault(history, 0L)));
  }

  /** As if there were 20 million: a third is below ten million, and half a million is a 41st. */
  @Test
  void ofMoreThanTenMillionCustomersASampleIsCounted() {
    FitData buyers = FitData.of(customers(), COLUMNS, AS_OF, 20_000_000);
    long all = CUSTOMERS - CUSTOMERS / 5;

    assertShare(1 / 3.0, customers(buyers.histories()), all);
    long some =
        customers()
            .filter(COLUMNS.isBuyer())
            .filter(CustomerSample.isIn(20_000_000, 500_000))
            .count();
    assertEquals(some, customers(buyers.some()));
    assertShare(1 / 41.0, some, all);
  }

  /** Rows in another order and other partitions give the same sample. */
  @Test
  void theSameCustomersStandForAll() {
    FitData one = FitData.of(customers(), COLUMNS, AS_OF, CUSTOMERS);
    FitData other = FitData.of(customers().repartition(3), COLUMNS, AS_OF, CUSTOMERS);

    assertEquals(byHistory(one.some()), byHistory(other.some()));
    assertEquals(sorted(one.sample()), sorted(other.sample()));
  }

  private static void assertShare(double expected, long part, long all) {
    double share = (double) part / all;
    assertTrue(Math.abs(share - expected) < 0.01, "%s of all".formatted(share));
  }

  private static Map<PurchaseHistory, Long> byHistory(PurchaseHistories histories) {
    return histories.all().stream().collect(toMap(Counted::history, Counted::customers));
  }

  private static long customers(PurchaseHistories histories) {
    return Math.round(histories.total());
  }

  private static List<CustomerPurchases> sorted(List<CustomerPurchases> buyers) {
    return buyers.stream()
        .sorted(
            comparing((CustomerPurchases it) -> it.history().repeats())
                .thenComparing(it -> it.history().last())
                .thenComparing(it -> it.history().age())
                .thenComparing(CustomerPurchases::total))
        .toList();
  }

  /** Every fifth customer has bought nothing. */
  private static long occasions(long id) {
    return id % 5;
  }

  private static PurchaseHistory history(long id) {
    long repeats = occasions(id) - 1;
    long age = 30 + id % 7;
    return new PurchaseHistory(repeats, repeats == 0 ? 0 : 10 + id % 3, age);
  }

  private Dataset<Row> customers() {
    return spark
        .range(CUSTOMERS)
        .selectExpr(
            "concat('C', id) AS customer_id",
            "id % 5 AS sale_occasion_count_lifetime",
            "date_sub(DATE '2026-03-01', cast(30 + id % 7 AS int)) AS first_sale_day_lifetime",
            "date_sub(DATE '2026-03-01', cast(30 + id % 7 - if(id % 5 < 2, 0, 10 + id % 3) AS int))"
                + " AS last_sale_day_lifetime",
            "id % 5 AS sale_spend_day_count_lifetime",
            "cast(id % 1000 AS decimal(38,2)) AS sale_spend_amount_lifetime",
            "cast(1 AS decimal(38,2)) AS first_sale_spend_amount_lifetime");
  }
}
