package io.karat.segments;

import static io.karat.settings.Translations.text;

import io.karat.settings.BilingualText;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Worth of segments in words, by the amounts of their customers. The median customer decides: among
 * the top tenth of all customers very high value, top third high, bottom third low, else mid. An
 * amount of 0 or less is low, however many have none. Where a few customers make a segment's amount
 * per head at least twice that of all, this is said instead of mid or low.
 */
final class SegmentWorth {
  private static final double TOP = 0.9;
  private static final double HIGH = 2.0 / 3;
  private static final double LOW = 1.0 / 3;
  private static final double FEW = 2;

  private final double[] amounts;
  private final int[] segments;
  private final MemberRanks ranks;

  SegmentWorth(double[] amounts, int[] segments) {
    this.amounts = amounts.clone();
    this.segments = segments.clone();
    this.ranks = new MemberRanks(amounts, segments);
  }

  /** The worth of a segment, to begin its name with. */
  BilingualText word(int segment) {
    double rank = medianAmount(segment) > 0 ? ranks.median(segment) : 0;
    if (rank >= TOP) {
      return text("segment_name.very_high_value");
    }
    if (rank >= HIGH) {
      return text("segment_name.high_value");
    }
    if (mean(segment) > 0 && mean(segment) >= FEW * meanOfAll()) {
      return text("segment_name.few_high_value");
    }
    return text(rank <= LOW ? "segment_name.low_value" : "segment_name.mid_value");
  }

  private double medianAmount(int segment) {
    double[] sorted = members(segment).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private double mean(int segment) {
    return members(segment).average().orElse(0);
  }

  private double meanOfAll() {
    return Arrays.stream(amounts).average().orElse(0);
  }

  private DoubleStream members(int segment) {
    return IntStream.range(0, segments.length)
        .filter(i -> segments[i] == segment)
        .mapToDouble(i -> amounts[i]);
  }
}
