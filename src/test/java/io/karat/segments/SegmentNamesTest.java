package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Segments around means of 100, with standard deviations of about 82. */
class SegmentNamesTest {
  private static final List<Feature> FEATURES =
      List.of(feature("recency_days"), feature("net_sales_amount_365d"));

  @Test
  void wordsSayWhatSetsASegmentApart() {
    assertEquals(
        List.of("Large, recent | 大额、近期", "Average | 一般", "Long silent | 久未消费"),
        names(Map.of(), centre(40, 200), centre(100, 100), centre(190, 90)));
  }

  /** The same words in another order would not tell segments apart. */
  @Test
  void whoGoesFurtherIsCalledSo() {
    assertEquals(
        List.of(
            "Long silent, small | 久未消费、小额",
            "Very small, long silent | 极小额、久未消费",
            "Long silent, small (S3) | 久未消费、小额（S3）"),
        names(Map.of(), centre(170, 40), centre(175, 5), centre(165, 45)));
  }

  @Test
  void aNameThatIsKeptIsNotGivenAgain() {
    assertEquals(
        List.of("Long silent | 久未消费", "Stars | 明星"),
        names(Map.of("S2", new BilingualText("Stars", "明星")), centre(190, 90), centre(190, 90)));
  }

  /** Sales and net sales have the same words. */
  @Test
  void aWordIsSaidOnce() {
    List<Feature> features =
        List.of(feature("sales_amount_365d"), feature("net_sales_amount_365d"));

    assertEquals(
        List.of("Small | 小额", "Very small | 极小额"),
        names(features, Map.of(), centre(40, 30), centre(5, 6)));
  }

  private static List<String> names(Map<String, BilingualText> kept, double[]... centres) {
    return names(FEATURES, kept, centres);
  }

  private static List<String> names(
      List<Feature> features, Map<String, BilingualText> kept, double[]... centres) {
    List<Segment> segments = new ArrayList<>();
    for (double[] centre : centres) {
      List<Long> coordinates =
          IntStream.range(0, features.size())
              .mapToObj(f -> features.get(f).coordinate(centre[f]))
              .toList();
      segments.add(
          new Segment(
              Segment.id(segments.size() + 1),
              Segment.UNKNOWN_NAME,
              coordinates,
              1,
              BigDecimal.ZERO,
              BigDecimal.ONE,
              SegmentLineage.first()));
    }
    return new SegmentNames(
            SegmentedCustomers.plan(
                "k: 2, features: {sales_amount_365d: 1, recency_days: 1, net_sales_amount_365d:"
                    + " 1}"),
            features)
        .named(segments, kept).stream()
            .map(segment -> segment.name().en() + " | " + segment.name().zh())
            .toList();
  }

  private static double[] centre(double recency, double sales) {
    return new double[] {recency, sales};
  }

  private static Feature feature(String name) {
    return FeatureFitting.of(
            name, BigDecimal.ONE, Feature.Scale.LINEAR, new double[] {0, 0, 100, 200, 200})
        .orElseThrow();
  }
}
