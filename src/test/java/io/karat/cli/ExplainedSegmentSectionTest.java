package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.explain.CustomerExplanation;
import io.karat.night.CustomerIds;
import io.karat.segments.SegmentExplanation;
import io.karat.segments.SegmentExplanation.Coordinate;
import io.karat.segments.SegmentExplanation.Distance;
import io.karat.segments.SegmentExplanation.Named;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ExplainedSegmentSectionTest {
  private static final Named LARGE = new Named("S1", new BilingualText("Large", "大额"));
  private static final Named RECENT = new Named("S2", new BilingualText("Recent", "近期"));

  @Test
  void featuresAndDistancesStandBesideEachOther() {
    SegmentExplanation explanation =
        new SegmentExplanation(
            "23fcb4dfc391",
            LARGE,
            List.of(
                feature("net_sales_amount_365d", "2755553.72", "3.104"),
                feature("recency_days", "0", "-0.912")),
            List.of(
                new Distance(LARGE, new BigDecimal("0.250")),
                new Distance(RECENT, new BigDecimal("1.500"))),
            Optional.of("S2"),
            false,
            Optional.of("S1: net_sales_amount_365d >= 500"));

    assertEquals(
        """
        Segment S1: Large (model 23fcb4dfc391)
          feature                       value  deviations from the mean
          ---------------------  ------------  ------------------------
          net_sales_amount_365d  2,755,553.72                     3.104
          recency_days                      0                    -0.912
          segment  name    distance
          -------  ------  --------
          S1       Large      0.250
          S2       Recent     1.500
        Rule for S1: net_sales_amount_365d >= 500
        Previous night: S2.
        """,
        text(explanation, Language.EN));
  }

  @Test
  void aFeatureThatIsUnknownHasNoDistance() {
    SegmentExplanation explanation =
        new SegmentExplanation(
            "23fcb4dfc391",
            new Named("S0", new BilingualText("Not known", "未知")),
            List.of(new Coordinate("recency_days", Optional.empty(), Optional.empty())),
            List.of(),
            Optional.empty(),
            false,
            Optional.empty());

    assertEquals(
        """
        Segment S0: Not known (model 23fcb4dfc391)
          feature       value  deviations from the mean
          ------------  -----  ------------------------
          recency_days
        A feature is unknown, so no distance is computed.
        """,
        text(explanation, Language.EN));
  }

  @Test
  void whoIsHeldIsToldWhyInEitherLanguage() {
    SegmentExplanation held =
        new SegmentExplanation(
            "23fcb4dfc391",
            RECENT,
            List.of(feature("recency_days", "30", "0.100")),
            List.of(new Distance(RECENT, new BigDecimal("0.500"))),
            Optional.of("S2"),
            true,
            Optional.empty());

    assertEquals(
        "Previous night: S2. The customer stays: no other centre is clearly nearer, or the nearest"
            + " is that of a segment left less than a week ago.",
        last(text(held, Language.EN)));
    assertEquals("上一批次：S2。客户保持不变：没有其他聚类中心明显更近，或最近的聚类中心属于一周内刚离开的分群。", last(text(held, Language.ZH)));
  }

  private static Coordinate feature(String name, String value, String deviations) {
    return new Coordinate(
        name, Optional.of(new BigDecimal(value)), Optional.of(new BigDecimal(deviations)));
  }

  private static String text(SegmentExplanation segment, Language language) {
    CustomerExplanation customer =
        new CustomerExplanation(
            new CustomerIds("x", "x", new TreeSet<>(), false),
            LocalDate.of(2026, 3, 1),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(segment));
    return String.join("\n", new ExplainedSegmentSection(language).lines(customer)) + "\n";
  }

  private static String last(String text) {
    return text.lines().reduce("", (earlier, line) -> line);
  }
}
