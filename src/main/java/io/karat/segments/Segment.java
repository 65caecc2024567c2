package io.karat.segments;

import static io.karat.settings.Translations.text;

import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.util.List;

/**
 * A group of customers who resemble each other.
 *
 * @param id such as S1, never given to another segment
 * @param name its worth and what is true of most of its customers; a configuration may have another
 * @param centre the mean of its customers, in millionths of each feature
 * @param customers of the training
 * @param meanSales the mean of their net sales of 365 days
 * @param fidelity the share of its customers whom its rules select, 0 to 1
 * @param origin its lineage
 */
record Segment(
    String id,
    BilingualText name,
    List<Long> centre,
    long customers,
    BigDecimal meanSales,
    BigDecimal fidelity,
    SegmentLineage origin) {
  /** The segment of customers with an unknown feature. */
  static final String UNKNOWN = "S0";

  static final BilingualText UNKNOWN_NAME = text("segment_name.unknown");

  Segment {
    centre = List.copyOf(centre);
  }

  static String id(int number) {
    return "S" + number;
  }

  Segment with(String otherId, SegmentLineage otherOrigin) {
    return new Segment(otherId, name, centre, customers, meanSales, fidelity, otherOrigin);
  }

  Segment named(BilingualText other) {
    return new Segment(id, other, centre, customers, meanSales, fidelity, origin);
  }
}
