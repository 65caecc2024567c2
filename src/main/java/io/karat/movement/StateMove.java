package io.karat.movement;

import static java.util.Comparator.comparing;

import java.math.BigDecimal;
import java.util.Comparator;

/**
 * The customers who were in one state at the start of a period and in another, or the same, at its
 * end.
 *
 * @param model the column of customer_value that has the state
 * @param customers the number of customers
 * @param bought their net sales between the two nights
 */
record StateMove(String model, String from, String to, long customers, BigDecimal bought) {
  /** An order by content alone. */
  static final Comparator<StateMove> ORDER =
      comparing(StateMove::model).thenComparing(StateMove::from).thenComparing(StateMove::to);

  /** The state at the start of customers without a row then. */
  static final String NEVER_SEEN = "never_seen";

  /** The state at the end of customers without a row then. */
  static final String LEFT = "left";

  /** The state of customers with a row in which it is null. */
  static final String UNKNOWN = "unknown";
}
