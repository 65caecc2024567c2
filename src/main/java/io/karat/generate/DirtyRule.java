package io.karat.generate;

import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * A kind of defect: a careless source delivers a row once more, with wrong values.
 *
 * @param reason the quarantine reason of the copy
 * @param isSure whether at least one row has it, however few rows there are
 * @param isPossible the condition for a row to have it
 * @param possibleShare the share of the rows that meet the condition
 * @param values the values that replace the row's own, by column; empty for an exact copy
 */
record DirtyRule(
    String reason,
    boolean isSure,
    Column isPossible,
    double possibleShare,
    Map<String, Column> values) {
  static final String DUPLICATE = "duplicate";

  /** Not wrong but too early: dated after the last day. */
  static final String AFTER_AS_OF = "after_as_of";

  DirtyRule {
    values = Map.copyOf(values);
  }

  /** A flaw that any row can have and at least one row has. */
  static DirtyRule sure(String reason, Map<String, Column> values) {
    return new DirtyRule(reason, true, lit(true), 1, values);
  }

  /** A flaw that any row can have. */
  static DirtyRule of(String reason, Map<String, Column> values) {
    return new DirtyRule(reason, false, lit(true), 1, values);
  }

  boolean isExactCopy() {
    return values.isEmpty();
  }

  /** Whether the ground truth lists the copy, as it is never usable, on no day. */
  boolean isBad() {
    return !reason.equals(AFTER_AS_OF);
  }
}
