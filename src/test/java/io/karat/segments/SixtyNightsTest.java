package io.karat.segments;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.quality.CheckResult;
import io.karat.quality.DriftChecks;
import io.karat.quality.PopulationStabilityIndex;
import io.karat.settings.Checks;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import io.karat.testing.LocalSpark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sixty nights of 1,000 customers of at least a year who grow older, buy now and then, and forget
 * old sales, as one frame. {@link SegmentAssignmentTest} shows that the expression of a night gives
 * the same as the plain Java here.
 */
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SixtyNightsTest {
  private static final int NIGHTS = 60;
  private static final int CUSTOMERS = 1_000;
  private static final int WEEK = 7;
  private static final int YEAR = 365;
  private static final SegmentPlan PLAN = SegmentedCustomers.plan("k: 5");

  private final SparkSession spark;
  private final List<List<Row>> nights = new ArrayList<>();
  private SegmentModel model;

  SixtyNightsTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeAll
  void learn() {
    Dataset<Row> customers = nights().cache();
    model =
        SegmentFitting.fit(
            PLAN, customers.filter("day = 0").drop("day"), SegmentedCustomers.NIGHT, List.of());
    List<Column> columns = new ArrayList<>(List.of(col("customer_id"), col("day")));
    model.featureNames().forEach(name -> columns.add(Columns.column(name).cast("double")));
    for (int day = 0; day < NIGHTS; day++) {
      nights.add(new ArrayList<>());
    }
    customers
        .select(columns.toArray(Column[]::new))
        .collectAsList()
        .forEach(row -> nights.get(row.getInt(1)).add(row));
    customers.unpersist();
  }

  /**
   * A steady firm: everybody has been there for more than the year of the window, and buys as
   * before. Only tenure drifts, by 60 days.
   */
  @Test
  void aSteadyFirmIsNeverWarnedOfDrift() {
    List<CheckResult> results = new ArrayList<>();
    Checks settings =
        ConfigurationReader.read(
                "karat.yaml", SegmentedCustomers.INPUTS, Map.of(), List.of(), new Problems())
            .checks();
    for (int day = 0; day < NIGHTS; day++) {
      LocalDate night = SegmentedCustomers.NIGHT.plusDays(day);
      DriftChecks checks =
          new DriftChecks(settings, night, model.fittedAsOf(), CUSTOMERS, nights.get(day).size());
      for (Feature feature : model.features()) {
        long[] then = feature.counts().stream().mapToLong(Long::longValue).toArray();
        results.add(
            checks.psi(
                feature.name(),
                PLAN.column(feature.name()).label(),
                PLAN.column(feature.name()).isGrowing(),
                PopulationStabilityIndex.of(then, buckets(feature, nights.get(day)))));
      }
    }

    assertEquals(NIGHTS * model.features().size(), results.size());
    assertEquals(
        List.of(),
        results.stream()
            .filter(it -> !it.status().equals("passed"))
            .map(CheckResult::message)
            .toList());
    assertEquals(
        Set.of("tenure_days"),
        results.stream()
            .filter(it -> it.value().orElseThrow().compareTo(settings.psi().max()) > 0)
            .map(CheckResult::metric)
            .collect(toSet()));
  }

  private long[] buckets(Feature feature, List<Row> customers) {
    int f = model.features().indexOf(feature);
    long[] counts = new long[feature.counts().size()];
    for (Row customer : customers) {
      double scaled = feature.scale().of(customer.getDouble(f + 2));
      counts[(int) feature.cuts().stream().filter(cut -> scaled >= cut.doubleValue()).count()]++;
    }
    return counts;
  }

  @Test
  void hardlyAnybodyGoesThereAndBackWithinAWeek() {
    Map<String, String[]> paths = new HashMap<>();
    for (Row row : nights.stream().flatMap(List::stream).toList()) {
      int day = row.getInt(1);
      String[] path = paths.computeIfAbsent(row.getString(0), it -> new String[NIGHTS]);
      double[] values = new double[model.features().size()];
      Arrays.setAll(values, f -> row.isNullAt(f + 2) ? Double.NaN : row.getDouble(f + 2));
      Optional<CustomerAssignment.Before> before =
          day == 0 ? Optional.empty() : Optional.of(before(path, day));
      path[day] = CustomerAssignment.of(PLAN.settings(), model, values, before).id();
    }

    assertEquals(CUSTOMERS, paths.size());
    long moved = paths.values().stream().filter(path -> !path[0].equals(path[NIGHTS - 1])).count();
    long back = paths.values().stream().filter(SixtyNightsTest::returnsWithinAWeek).count();
    assertTrue(moved > CUSTOMERS / 100, "they do move: " + moved);
    assertTrue(back <= CUSTOMERS / 100, "there and back: " + back);
  }

  private static CustomerAssignment.Before before(String[] path, int day) {
    int since = day - 1;
    while (since > 0 && path[since - 1].equals(path[day - 1])) {
      since--;
    }
    Optional<String> left = since == 0 ? Optional.empty() : Optional.of(path[since - 1]);
    return new CustomerAssignment.Before(path[day - 1], since > day - WEEK, left);
  }

  private static boolean returnsWithinAWeek(String[] path) {
    for (int day = 1; day < NIGHTS; day++) {
      if (!path[day].equals(path[day - 1])) {
        for (int later = day + 1; later < Math.min(NIGHTS, day + WEEK); later++) {
          if (path[later].equals(path[day - 1])) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Customers with random purchases: some buy every fifth day, others hardly once a year. */
  private Dataset<Row> nights() {
    List<Row> rows = new ArrayList<>();
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      Random chance = new Random(customer);
      double rate = 0.003 + 0.2 * Math.pow(chance.nextDouble(), 3);
      double basket = Math.exp(3 + 2 * chance.nextDouble());
      int age = YEAR + chance.nextInt(600);
      double[] sales = new double[age + NIGHTS];
      for (int day = 0; day < sales.length; day++) {
        boolean isPurchase = day == 0 || chance.nextDouble() < rate;
        sales[day] = isPurchase ? basket * (0.5 + chance.nextDouble()) : 0;
      }
      for (int night = 0; night < NIGHTS; night++) {
        rows.add(row("C" + customer, night, Arrays.copyOf(sales, age + night + 1)));
      }
    }
    StructType columns =
        StructType.fromDDL(
            "customer_id string, day int, recency_days int, transaction_day_count_365d bigint,"
                + " net_sales_amount_365d double, tenure_days int");
    return spark.createDataFrame(rows, columns);
  }

  private static Row row(String customer, int night, double[] sales) {
    int last = 0;
    long count = 0;
    double sum = 0;
    for (int day = 0; day < sales.length; day++) {
      if (sales[day] > 0) {
        last = day;
        boolean isWithinYear = day >= sales.length - YEAR;
        count += isWithinYear ? 1 : 0;
        sum += isWithinYear ? sales[day] : 0;
      }
    }
    return RowFactory.create(
        customer, night, sales.length - 1 - last, count, sum, sales.length - 1);
  }
}
