package io.karat.segments;

import io.karat.segments.SegmentLineage.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Matching of a model's segments with those of the model before: pairs are chosen to share the most
 * customers in total, and a pair keeps its id if the customers in both are at least half of those
 * in either.
 */
final class SegmentMatching {
  private static final BigDecimal SAME = new BigDecimal("0.5");
  private static final int PLACES = 6;

  private final List<String> before;
  private final long[][] shared;
  private final long[] sizesBefore;
  private final long[] sizes;
  private final int[] successors;

  /**
   * Matches segments.
   *
   * @param before the ids of the model before
   * @param shared customers by segment of the model before and segment of this one
   */
  SegmentMatching(List<String> before, long[][] shared, int k) {
    this.before = List.copyOf(before);
    this.shared = Arrays.stream(shared).map(long[]::clone).toArray(long[][]::new);
    this.sizesBefore = Arrays.stream(shared).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    this.sizes = new long[k];
    for (long[] row : shared) {
      for (int j = 0; j < k; j++) {
        sizes[j] += row[j];
      }
    }
    this.successors = HungarianAssignment.most(shared);
  }

  /**
   * The segments with their ids; new ones get ids that were never given.
   *
   * @param nextNumber the number of the first new one
   */
  List<Segment> named(List<Segment> segments, int nextNumber) {
    List<Segment> named = new ArrayList<>();
    int next = nextNumber;
    for (int j = 0; j < segments.size(); j++) {
      SegmentLineage origin = origin(j);
      boolean isSame = predecessor(j) != HungarianAssignment.NONE;
      String id = isSame ? before.get(predecessor(j)) : Segment.id(next++);
      named.add(segments.get(j).with(id, origin));
    }
    return named;
  }

  /** The number of customers who are in the segment that continues the one they were in. */
  long stayed() {
    long stayed = 0;
    for (int i = 0; i < before.size(); i++) {
      if (isContinued(i)) {
        stayed += shared[i][successors[i]];
      }
    }
    return stayed;
  }

  /** The lineage of segments before that no segment continues, by id. */
  Map<String, SegmentLineage> gone(List<Segment> named) {
    Map<String, SegmentLineage> gone = new LinkedHashMap<>();
    for (int i = 0; i < before.size(); i++) {
      if (!isContinued(i)) {
        int heir = largest(shared[i]);
        boolean isTakenIn =
            heir != HungarianAssignment.NONE && 2 * shared[i][heir] > sizesBefore[i];
        gone.put(
            before.get(i),
            isTakenIn
                ? new SegmentLineage(Kind.MERGED, List.of(named.get(heir).id()), overlap(i, heir))
                : new SegmentLineage(Kind.GONE, List.of(), BigDecimal.ZERO));
      }
    }
    return gone;
  }

  private boolean isContinued(int segmentBefore) {
    int successor = successors[segmentBefore];
    return successor != HungarianAssignment.NONE
        && overlap(segmentBefore, successor).compareTo(SAME) >= 0;
  }

  /** The segment before that a segment continues. */
  private int predecessor(int segment) {
    for (int i = 0; i < successors.length; i++) {
      if (successors[i] == segment && isContinued(i)) {
        return i;
      }
    }
    return HungarianAssignment.NONE;
  }

  private SegmentLineage origin(int segment) {
    List<String> takenIn = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (2 * shared[i][segment] > sizesBefore[i]) {
        takenIn.add(before.get(i));
      }
    }
    int predecessor = predecessor(segment);
    if (predecessor != HungarianAssignment.NONE) {
      return new SegmentLineage(
          Kind.SURVIVED, List.of(before.get(predecessor)), overlap(predecessor, segment));
    }

    if (takenIn.size() > 1) {
      return new SegmentLineage(
          Kind.MERGED, takenIn, overlap(before.indexOf(takenIn.get(0)), segment));
    }

    int source = source(segment);
    return source != HungarianAssignment.NONE && 2 * shared[source][segment] > sizes[segment]
        ? new SegmentLineage(Kind.SPLIT, List.of(before.get(source)), overlap(source, segment))
        : new SegmentLineage(Kind.NEW, List.of(), BigDecimal.ZERO);
  }

  private int source(int segment) {
    int source = HungarianAssignment.NONE;
    for (int i = 0; i < before.size(); i++) {
      if (source == HungarianAssignment.NONE || shared[i][segment] > shared[source][segment]) {
        source = i;
      }
    }
    return source;
  }

  private static int largest(long[] counts) {
    int largest = HungarianAssignment.NONE;
    for (int j = 0; j < counts.length; j++) {
      if (largest == HungarianAssignment.NONE || counts[j] > counts[largest]) {
        largest = j;
      }
    }
    return largest;
  }

  private BigDecimal overlap(int segmentBefore, int segment) {
    long both = shared[segmentBefore][segment];
    long either = sizesBefore[segmentBefore] + sizes[segment] - both;
    return either == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(both).divide(BigDecimal.valueOf(either), PLACES, RoundingMode.HALF_UP);
  }
}
