package io.karat.generate;

import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * One way in which a careless source delivers a row once more than it should, and wrongly.
 *
 * @param reason why this copy of the row cannot be used, in the words of the quarantine
 * @param isSure whether it happens to one row at least, however few there are
 * @param isPossible for which rows it can happen
 * @param possibleShare the share of the rows for which it can happen
 * @param values what the copy has in place of the row's own values, by column; an exact copy of the
 *     row has none
 */
record DirtyRule(
    String reason,
    boolean isSure,
    Column isPossible,
    double possibleShare,
    Map<String, Column> values) {
  static final String DUPLICATE = "duplicate";

  /** Not wrong, only too early: of a day after the last one. */
  static final String AFTER_AS_OF = "after_as_of";

  DirtyRule {
    values = Map.copyOf(values);
  }

  /** It happens to one row at least, and can happen to every row. */
  static DirtyRule sure(String reason, Map<String, Column> values) {
    return new DirtyRule(reason, true, lit(true), 1, values);
  }

  /** It can happen to every row. */
  static DirtyRule of(String reason, Map<String, Column> values) {
    return new DirtyRule(reason, false, lit(true), 1, values);
  }

  boolean isExactCopy() {
    return values.isEmpty();
  }

  /** Whether the truth names the copy: whether it can be used on no day. */
  boolean isBad() {
    return !reason.equals(AFTER_AS_OF);
  }
}
