package io.karat.input;

/**
 * The outcome of a source row: a candidate is used unless it turns out to be a re-delivery or a
 * line of a negative transaction. The outcome of a quarantined row is the code of its reason.
 */
public final class RowOutcome {
  /** Not refused so far. */
  public static final String CANDIDATE = "candidate";

  /** Excluded by the configured {@code where}. */
  public static final String EXCLUDED = "excluded";

  /** Dated after the as-of day. */
  public static final String AFTER_AS_OF = "after_as_of";

  /** Delivered again; only the preferred delivery is used. */
  public static final String DUPLICATE = "duplicate";

  private RowOutcome() {}
}
