package io.karat.segments;

import com.fasterxml.jackson.annotation.JsonValue;
import io.karat.run.LowerCase;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The lineage of a segment between one model and the next.
 *
 * @param kind the change
 * @param others the related segments of the other model
 * @param overlap customers in both this and the first of those over customers in either, 0 to 1
 */
record SegmentLineage(Kind kind, List<String> others, BigDecimal overlap) {
  SegmentLineage {
    others = List.copyOf(others);
  }

  static SegmentLineage first() {
    return new SegmentLineage(Kind.NEW, List.of(), BigDecimal.ZERO);
  }

  /** The lineage of a segment of the newer model, to be read after its id. */
  String ofNewer() {
    String from = String.join(", ", others);
    return switch (kind) {
      case SURVIVED ->
          " survives: %s of the customers in the old or the new segment are in both"
              .formatted(percent());
      case SPLIT -> " is split off from " + from;
      case MERGED -> " takes in most of " + from;
      case NEW, GONE -> " is new";
    };
  }

  /** The lineage of a segment of the older model, to be read after its id. */
  String ofOlder() {
    return kind == Kind.MERGED
        ? " is gone: most of its customers are in " + String.join(", ", others)
        : " is gone: its customers are in several segments";
  }

  private String percent() {
    return overlap.movePointRight(2).setScale(0, RoundingMode.HALF_UP) + " %";
  }

  /** A kind of change between one model and the next. */
  enum Kind {
    /** It continues a segment of the older model and has its id. */
    SURVIVED,
    /** Most of its customers were in one segment, which survives as another. */
    SPLIT,
    /** It contains most customers of several segments, or most of its customers are in one. */
    MERGED,
    /** Its customers come from several segments. */
    NEW,
    /** Its customers are in several segments. */
    GONE;

    @JsonValue
    String word() {
      return LowerCase.of(this);
    }
  }
}
