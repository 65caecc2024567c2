package io.karat.allocation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Concave envelope of the profit of an activity over whole units: the least concave function that
 * is nowhere below it. Where the profit is convex at first, so that the first units alone would not
 * pay, they count with the mean of those up to the best of all means (Lodish 1971).
 *
 * @param segments from the least units up, with falling slopes
 */
record ConcaveEnvelope(List<Segment> segments) {
  private static final double MILLION = 1_000_000;

  ConcaveEnvelope {
    segments = List.copyOf(segments);
  }

  /**
   * Segment of the envelope.
   *
   * @param units its length
   * @param slope the profit of each of its units, with six decimals
   */
  record Segment(int units, double slope) {}

  /** The envelope of a profit between two numbers of units. */
  static ConcaveEnvelope of(int least, int most, IntToDoubleFunction profit) {
    Deque<Corner> corners = new ArrayDeque<>();
    for (int units = least; units <= most; units++) {
      Corner next = new Corner(units, profit.applyAsDouble(units));
      while (corners.size() > 1 && isBelow(corners, next)) {
        corners.pop();
      }
      corners.push(next);
    }
    List<Segment> segments = new ArrayList<>();
    while (corners.size() > 1) {
      Corner end = corners.pop();
      Corner start = corners.element();
      segments.add(
          new Segment(
              end.units() - start.units(), Math.rint(start.slopeTo(end) * MILLION) / MILLION));
    }
    Collections.reverse(segments);
    return new ConcaveEnvelope(segments);
  }

  /** Whether the last corner lies on or below the line from the one before it to the next one. */
  private static boolean isBelow(Deque<Corner> corners, Corner next) {
    Corner last = corners.pop();
    Corner before = corners.element();
    corners.push(last);
    return before.slopeTo(last) <= before.slopeTo(next);
  }

  /** Corner of the envelope. */
  private record Corner(int units, double profit) {
    double slopeTo(Corner other) {
      return (other.profit - profit) / (other.units - units);
    }
  }
}
