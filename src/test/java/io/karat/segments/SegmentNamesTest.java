package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.indicators.IndicatorScale;
import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Tests of names of segments of a few customers, each given as recency, net sales and segment. */
class SegmentNamesTest {
  private static final SegmentPlan PLAN =
      SegmentedCustomers.plan("k: 2, features: {recency_days: 1, net_sales_amount_365d: 1}");
  private static final SegmentPlan WITHOUT_MONEY =
      SegmentedCustomers.plan(
          "k: 2, features: {recency_days: 1, transaction_count_365d: 1,"
              + " transaction_day_count_365d: 1}");

  @Test
  void worthComesFirst() {
    assertEquals(
        List.of(
            "High value, recent | 高价值、近期消费",
            "Mid value | 中价值",
            "Low value, less recent | 低价值、较久未消费"),
        names(
            customer(1, 900, 0),
            customer(2, 800, 0),
            customer(100, 500, 1),
            customer(5, 400, 1),
            customer(200, 20, 2),
            customer(300, 10, 2)));
  }

  /** Who alone brings most is in the top tenth, however recent and new. */
  @Test
  void aGiantAloneIsOfVeryHighValue() {
    List<double[]> customers = new ArrayList<>();
    customers.add(customer(1, 10_000_000, 0));
    for (int i = 1; i <= 10; i++) {
      customers.add(customer(10.0 * i, 100 + i, 1));
    }

    assertEquals(
        List.of("Very high value, recent | 极高价值、近期消费", "Mid value | 中价值"),
        names(customers.toArray(double[][]::new)));
  }

  /**
   * S1 has a mean of 250,027 and a mean recency of 98 days, more than all customers; but three of
   * its four are small and recent.
   */
  @Test
  void mostMembersCountAndNotTheirMean() {
    assertEquals(
        List.of("High value from a few, recent | 少数客户价值高、近期消费", "Mid value | 中价值"),
        names(
            customer(1, 30, 0),
            customer(2, 40, 0),
            customer(390, 1_000_000, 0),
            customer(1, 38, 0),
            customer(50, 50, 1),
            customer(60, 60, 1),
            customer(70, 70, 1),
            customer(80, 35, 1),
            customer(55, 55, 1),
            customer(65, 65, 1),
            customer(75, 36, 1),
            customer(85, 39, 1)));
  }

  /**
   * Net sales of 0 are in the middle of three quarters of customers, and of low value all the same.
   */
  @Test
  void whoBringsNothingIsOfLowValue() {
    assertEquals(
        List.of("High value, recent | 高价值、近期消费", "Low value, less recent | 低价值、较久未消费"),
        names(customer(1, 900, 0), customer(100, 0, 1), customer(100, 0, 1), customer(100, 0, 1)));
  }

  /** Nobody is more recent or worth more than another. */
  @Test
  void equalCustomersAreOfMidValue() {
    assertEquals(
        List.of("Mid value | 中价值", "Mid value (S2) | 中价值（S2）"),
        names(customer(5, 10, 0), customer(5, 10, 0), customer(5, 10, 1)));
  }

  /** Three of five customers of S2 are among the six most recent; of S1 it is one of two. */
  @Test
  void aWordThatIsLessClearIsSaidToTellSegmentsApart() {
    assertEquals(
        List.of("Low value | 低价值", "Low value, recent | 低价值、近期消费", "High value | 高价值"),
        names(
            customer(3, 1, 0),
            customer(9, 5, 0),
            customer(4, 2, 1),
            customer(5, 3, 1),
            customer(6, 4, 1),
            customer(7, 6, 1),
            customer(8, 7, 1),
            customer(1, 90, 2),
            customer(2, 91, 2),
            customer(10, 92, 2),
            customer(11, 93, 2),
            customer(12, 94, 2)));
  }

  /**
   * Without money among the features, net sales of 365 days are worth; the same word is said once.
   */
  @Test
  void worthIsNetSalesWhereNoFeatureIsMoney() {
    assertEquals(
        List.of(
            "High value, recent, frequent | 高价值、近期消费、高频",
            "Low value, less recent, infrequent | 低价值、较久未消费、低频"),
        names(
            WITHOUT_MONEY,
            Map.of(),
            List.of(row(900, 1, 30, 20), row(800, 2, 40, 30), row(10, 90, 1, 1), row(20, 80, 2, 2)),
            0,
            0,
            1,
            1));
  }

  @Test
  void aNameThatIsKeptIsNotGivenAgain() {
    assertEquals(
        List.of("Low value, less recent | 低价值、较久未消费", "High value, recent | 高价值、近期消费"),
        names(
            Map.of("S1", new BilingualText("Low value, less recent", "低价值、较久未消费")),
            customer(1, 900, 1),
            customer(90, 10, 0)));
    assertEquals(
        List.of("High value, recent (S1) | 高价值、近期消费（S1）", "High value, recent | 高价值、近期消费"),
        names(
            Map.of("S2", new BilingualText("High value, recent", "高价值、近期消费")),
            customer(1, 900, 0),
            customer(90, 10, 1)));
  }

  private static List<String> names(double[]... customers) {
    return names(Map.of(), customers);
  }

  private static List<String> names(Map<String, BilingualText> kept, double[]... customers) {
    List<Row> rows = new ArrayList<>();
    for (double[] customer : customers) {
      rows.add(row(customer[1], customer[0], customer[1]));
    }
    int[] segments = IntStream.range(0, customers.length).map(i -> (int) customers[i][2]).toArray();
    return names(PLAN, kept, rows, segments);
  }

  private static List<String> names(
      SegmentPlan plan, Map<String, BilingualText> kept, List<Row> rows, int... segments) {
    TrainingSample sample = new TrainingSample(plan.features(), rows, rows.size());
    List<Feature> features =
        plan.features().stream()
            .map(
                name ->
                    FeatureFitting.of(
                        name,
                        BigDecimal.ONE,
                        IndicatorScale.LINEAR,
                        OptionalInt.empty(),
                        new double[] {0, 100}))
            .flatMap(Optional::stream)
            .toList();
    FeatureSpace space =
        new FeatureSpace(sample, features, IntStream.range(0, rows.size()).toArray());
    List<Segment> unnamed =
        IntStream.rangeClosed(0, IntStream.of(segments).max().orElseThrow())
            .mapToObj(
                j ->
                    new Segment(
                        Segment.id(j + 1),
                        Segment.UNKNOWN_NAME,
                        List.of(),
                        1,
                        BigDecimal.ZERO,
                        BigDecimal.ONE,
                        SegmentLineage.first()))
            .toList();
    return SegmentNames.of(plan, space, segments).named(unnamed, kept).stream()
        .map(segment -> segment.name().en() + " | " + segment.name().zh())
        .toList();
  }

  private static double[] customer(double recency, double sales, int segment) {
    return new double[] {recency, sales, segment};
  }

  /** A row of a sample: net sales of 365 days, and the values of the features. */
  private static Row row(double sales, double... values) {
    List<Object> cells = new ArrayList<>(List.of("C", 0L, sales));
    DoubleStream.of(values).forEach(cells::add);
    return RowFactory.create(cells.toArray());
  }
}
