package io.karat.scores;

import static org.apache.spark.sql.functions.lit;

import io.karat.settings.Rfm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * Combinations of bins that have the same RFM segment, as boxes without common cells.
 *
 * @param boxes by segment
 */
record RfmBoxes(Map<String, List<Box>> boxes) {
  RfmBoxes {
    boxes = Collections.unmodifiableMap(new LinkedHashMap<>(boxes));
  }

  /** Box of bins: those from {@code from} to {@code to} on each axis, both included. */
  record Box(List<Integer> from, List<Integer> to) {
    Box {
      from = List.copyOf(from);
      to = List.copyOf(to);
    }

    /** Whether some bins in reach on each axis are in the box. */
    Column isInReach(List<Reach> reach) {
      Column isInReach = lit(true);
      for (int axis = 0; axis < reach.size(); axis++) {
        isInReach =
            isInReach
                .and(reach.get(axis).lowest().leq(lit(to.get(axis))))
                .and(reach.get(axis).highest().geq(lit(from.get(axis))));
      }
      return isInReach;
    }
  }

  /** Bins of an axis that a customer could have within the hysteresis. */
  record Reach(Column lowest, Column highest) {}

  /** The boxes of all names. */
  static RfmBoxes of(Rfm rfm) {
    return new Cells(rfm).boxes();
  }

  /** Whether a segment is that of some bins in reach. */
  Column isInReach(Column segment, List<Reach> reach) {
    Column isInReach = lit(false);
    for (Map.Entry<String, List<Box>> named : boxes.entrySet()) {
      Column isInABox = lit(false);
      for (Box box : named.getValue()) {
        isInABox = isInABox.or(box.isInReach(reach));
      }
      isInReach = isInReach.or(segment.equalTo(named.getKey()).and(isInABox));
    }
    return isInReach;
  }

  /** Cells of all three axes that are not yet in a box. */
  private static final class Cells {
    private final Rfm rfm;
    private final String[][][] names;

    Cells(Rfm rfm) {
      this.rfm = rfm;
      this.names = new String[rfm.recency().bins()][rfm.frequency().bins()][rfm.monetary().bins()];
      for (int r = 0; r < names.length; r++) {
        for (int f = 0; f < names[r].length; f++) {
          for (int m = 0; m < names[r][f].length; m++) {
            names[r][f][m] = name(r + 1, f + 1, m + 1);
          }
        }
      }
    }

    private String name(int recency, int frequency, int monetary) {
      return rfm.names().stream()
          .filter(name -> name.covers(recency, frequency, monetary))
          .map(Rfm.Name::name)
          .findFirst()
          .orElseThrow();
    }

    RfmBoxes boxes() {
      Map<String, List<Box>> boxes = new LinkedHashMap<>();
      for (int r = 0; r < names.length; r++) {
        for (int f = 0; f < names[r].length; f++) {
          for (int m = 0; m < names[r][f].length; m++) {
            String name = names[r][f][m];
            if (!name.isEmpty()) {
              boxes.computeIfAbsent(name, it -> new ArrayList<>()).add(taken(name, r, f, m));
            }
          }
        }
      }
      return new RfmBoxes(boxes);
    }

    /** Takes the cells of a box out, which begins at a cell and is as wide as the name allows. */
    private Box taken(String name, int r, int f, int m) {
      int lastM = m;
      while (lastM + 1 < names[r][f].length && is(name, r, r, f, f, lastM + 1, lastM + 1)) {
        lastM++;
      }
      int lastF = f;
      while (lastF + 1 < names[r].length && is(name, r, r, lastF + 1, lastF + 1, m, lastM)) {
        lastF++;
      }
      int lastR = r;
      while (lastR + 1 < names.length && is(name, lastR + 1, lastR + 1, f, lastF, m, lastM)) {
        lastR++;
      }
      for (int i = r; i <= lastR; i++) {
        for (int j = f; j <= lastF; j++) {
          for (int k = m; k <= lastM; k++) {
            names[i][j][k] = "";
          }
        }
      }
      return new Box(List.of(r + 1, f + 1, m + 1), List.of(lastR + 1, lastF + 1, lastM + 1));
    }

    private boolean is(String name, int r, int lastR, int f, int lastF, int m, int lastM) {
      for (int i = r; i <= lastR; i++) {
        for (int j = f; j <= lastF; j++) {
          for (int k = m; k <= lastM; k++) {
            if (!names[i][j][k].equals(name)) {
              return false;
            }
          }
        }
      }
      return true;
    }
  }
}
