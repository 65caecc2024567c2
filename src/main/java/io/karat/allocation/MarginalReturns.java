package io.karat.allocation;

import io.karat.allocation.ConcaveEnvelope.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Distribution of units one by one to the activity whose next unit brings the most profit on its
 * concave envelope; of equal ones to the first. Units that would bring none are left.
 */
final class MarginalReturns {
  private MarginalReturns() {}

  /**
   * Activity that units are spent on.
   *
   * @param least the units that it has in any case
   * @param most not below the least
   * @param profit by units
   */
  record Activity(int least, int most, IntToDoubleFunction profit) {
    /** Units that no response is known of, beyond the least that it has. */
    static Activity fixed(int least) {
      return new Activity(least, least, units -> 0);
    }
  }

  /**
   * The units of each activity.
   *
   * @param total not below the sum of the least ones
   */
  static List<Integer> distributed(int total, List<Activity> activities) {
    List<Run> runs = new ArrayList<>();
    int left = total;
    for (Activity activity : activities) {
      runs.add(new Run(activity));
      left -= activity.least();
    }
    while (left > 0) {
      Run best = runs.get(0);
      for (Run run : runs) {
        best = run.slope() > best.slope() ? run : best;
      }
      if (best.slope() <= 0) {
        break;
      }
      left -= best.take(left);
    }
    return runs.stream().map(run -> run.units).toList();
  }

  /** Run along the envelope of an activity. */
  private static final class Run {
    private final List<Segment> segments;
    private int next;
    private int units;

    Run(Activity activity) {
      this.segments =
          ConcaveEnvelope.of(activity.least(), activity.most(), activity.profit()).segments();
      this.units = activity.least();
    }

    /** The profit of the next unit; 0 at the end. */
    double slope() {
      return next < segments.size() ? segments.get(next).slope() : 0;
    }

    /** Takes the units of the next segment, as many as there are. */
    int take(int left) {
      int taken = Math.min(left, segments.get(next).units());
      units += taken;
      next++;
      return taken;
    }
  }
}
