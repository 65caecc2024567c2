package io.karat.matching;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Numbers of pairs by the levels at which they agree. A pattern has three bits for each field, the
 * first field lowest.
 */
final class AgreementCounts {
  private final long[] patterns;
  private final long[] counts;

  private AgreementCounts(long[] patterns, long[] counts) {
    this.patterns = patterns;
    this.counts = counts;
  }

  /** The counts of some patterns, in the order of the patterns. */
  static AgreementCounts of(Map<Long, Long> counts) {
    SortedMap<Long, Long> sorted = new TreeMap<>(counts);
    return new AgreementCounts(
        sorted.keySet().stream().mapToLong(Long::longValue).toArray(),
        sorted.values().stream().mapToLong(Long::longValue).toArray());
  }

  /** The pattern of some levels. */
  static long pattern(AgreementLevel... levels) {
    long pattern = 0;
    for (int field = 0; field < levels.length; field++) {
      pattern |= (long) levels[field].number() << (AgreementLevel.BITS * field);
    }
    return pattern;
  }

  int size() {
    return patterns.length;
  }

  long count(int index) {
    return counts[index];
  }

  /** The number of the level of a field in a pattern. */
  int level(int index, int field) {
    return (int) (patterns[index] >> (AgreementLevel.BITS * field)) & 7;
  }

  /** The number of all pairs. */
  long pairs() {
    return Arrays.stream(counts).sum();
  }
}
