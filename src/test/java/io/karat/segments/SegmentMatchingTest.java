package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Matched segments. Rows are segments before, columns segments now, each number the customers in
 * both.
 */
class SegmentMatchingTest {
  @Test
  void centresInAnotherOrderKeepTheirIds() {
    assertEquals(
        """
        S2 survives: 100 % of the customers in the old or the new segment are in both
        S3 survives: 100 % of the customers in the old or the new segment are in both
        S1 survives: 100 % of the customers in the old or the new segment are in both
        """,
        story(new long[][] {{0, 0, 100}, {100, 0, 0}, {0, 100, 0}}));
  }

  @Test
  void oneMoreSegmentIsSplitOff() {
    assertEquals(
        """
        S1 survives: 100 % of the customers in the old or the new segment are in both
        S2 survives: 60 % of the customers in the old or the new segment are in both
        S4 is split off from S2
        S3 survives: 100 % of the customers in the old or the new segment are in both
        """,
        story(new long[][] {{100, 0, 0, 0}, {0, 60, 40, 0}, {0, 0, 0, 100}}));
  }

  @Test
  void oneThatIsDissolvedIsTakenInOrGone() {
    assertEquals(
        """
        S1 survives: 77 % of the customers in the old or the new segment are in both
        S2 survives: 91 % of the customers in the old or the new segment are in both
        S3 is gone: most of its customers are in S1
        """,
        story(new long[][] {{100, 0}, {0, 100}, {30, 10}}));
    assertEquals(
        """
        S1 survives: 83 % of the customers in the old or the new segment are in both
        S2 survives: 83 % of the customers in the old or the new segment are in both
        S3 is gone: its customers are in several segments
        """,
        story(new long[][] {{100, 0}, {0, 100}, {20, 20}}));
  }

  /** 45 in both are not half of the 114 in either, nor are 46 of 115. */
  @Test
  void lessThanHalfIsAnotherSegment() {
    assertEquals(
        """
        S3 is split off from S1
        S4 takes in most of S1, S2
        S1 is gone: most of its customers are in S4
        S2 is gone: most of its customers are in S4
        """,
        story(new long[][] {{45, 55}, {14, 46}}));
  }

  @Test
  void theLargerOfTwoThatBecomeOneSurvives() {
    assertEquals(
        """
        S2 survives: 51 % of the customers in the old or the new segment are in both
        S1 is gone: most of its customers are in S2
        """,
        story(new long[][] {{49}, {51}}));
  }

  @Test
  void whoComesFromEverywhereIsNew() {
    assertEquals(
        """
        S4 is new
        S5 is new
        S6 is new
        S1 is gone: its customers are in several segments
        S2 is gone: its customers are in several segments
        S3 is gone: its customers are in several segments
        """,
        story(new long[][] {{34, 33, 33}, {33, 34, 33}, {33, 33, 34}}));
  }

  private static String story(long[][] shared) {
    int k = shared[0].length;
    SegmentMatching succession =
        new SegmentMatching(
            IntStream.rangeClosed(1, shared.length).mapToObj(Segment::id).toList(), shared, k);
    List<Segment> named =
        succession.named(
            IntStream.range(0, k).mapToObj(j -> segment()).toList(), shared.length + 1);
    StringBuilder story = new StringBuilder();
    named.forEach(it -> story.append(it.id()).append(it.origin().ofNewer()).append('\n'));
    succession
        .gone(named)
        .forEach((id, origin) -> story.append(id).append(origin.ofOlder()).append('\n'));
    return story.toString();
  }

  private static Segment segment() {
    return new Segment(
        "S?",
        new BilingualText("", ""),
        List.of(),
        0,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        SegmentLineage.first());
  }
}
