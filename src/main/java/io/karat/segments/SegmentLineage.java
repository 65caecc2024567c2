package io.karat.segments;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * Where a segment comes from, or what became of one.
 *
 * @param kind what happened
 * @param others the segments of the other model that it has to do with
 * @param overlap how much it is the same as the first of those: customers in both over those in
 *     either, 0 to 1
 */
record SegmentLineage(Kind kind, List<String> others, BigDecimal overlap) {
  SegmentLineage {
    others = List.copyOf(others);
  }

  static SegmentLineage first() {
    return new SegmentLineage(Kind.NEW, List.of(), BigDecimal.ZERO);
  }

  /** What a segment of the newer model is, to be read after its id. */
  String ofNewer() {
    String from = String.join(", ", others);
    return switch (kind) {
      case SURVIVED ->
          " survives: of all who are or were in it, %s are in both".formatted(percent());
      case SPLIT -> " is split off from " + from;
      case MERGED -> " takes in most of " + from;
      case NEW, GONE -> " is new";
    };
  }

  /** What became of a segment of the older model, to be read after its id. */
  String ofOlder() {
    return kind == Kind.MERGED
        ? " is gone: most of its customers are in " + String.join(", ", others)
        : " is gone: its customers are in several segments";
  }

  private String percent() {
    return overlap.movePointRight(2).setScale(0, RoundingMode.HALF_UP) + " %";
  }

  /** What happened to a segment between one model and the next. */
  enum Kind {
    /** It has the id of the one that it mostly is. */
    SURVIVED,
    /** Most of its customers were in one segment, which lives on in another. */
    SPLIT,
    /** It takes in most of several. */
    MERGED,
    /** Its customers come from here and there. */
    NEW,
    /** Its customers went here and there. */
    GONE;

    @JsonValue
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
