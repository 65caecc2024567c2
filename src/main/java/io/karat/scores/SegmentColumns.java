package io.karat.scores;

import java.util.Set;

/** Names of the columns of {@code customer_value} about segments. */
public final class SegmentColumns {
  public static final String ID = "segment_id";
  public static final String NAME = "segment_name";
  public static final String CHINESE_NAME = "segment_name_zh";
  public static final String SINCE = "segment_since";
  public static final String PREVIOUS = "previous_segment";
  public static final String IS_CHANGED = "is_segment_changed";
  public static final String LEFT = "segment_left";
  public static final String CONFIDENCE = "segment_confidence";

  /** The segment of the night before, beside the customers of tonight; not published. */
  public static final String BEFORE = "segment_id before";

  /** {@link #SINCE} of the night before; not published. */
  public static final String SINCE_BEFORE = "segment_since before";

  /** {@link #LEFT} of the night before; not published. */
  public static final String LEFT_BEFORE = "segment_left before";

  /** The squared distance to the own centre, in millionths of millionths; not published. */
  public static final String SQUARED_DISTANCE = "segment squared distance";

  /** The columns that the history keeps. */
  static final Set<String> KEPT = Set.of(ID, SINCE, LEFT, CONFIDENCE);

  private SegmentColumns() {}
}
