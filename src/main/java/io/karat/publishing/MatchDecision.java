package io.karat.publishing;

import java.util.Comparator;

/**
 * Decision on a pair of customers.
 *
 * @param customerId the lesser of the two ids
 * @param otherCustomerId the greater one
 */
public record MatchDecision(String customerId, String otherCustomerId, Verdict verdict)
    implements Comparable<MatchDecision> {
  private static final Comparator<MatchDecision> ORDER =
      Comparator.comparing(MatchDecision::customerId)
          .thenComparing(MatchDecision::otherCustomerId)
          .thenComparing(MatchDecision::verdict);

  /** Verdict on a pair. */
  public enum Verdict {
    /** Both are one customer. */
    ACCEPTED,
    /** They are two, and are not proposed again. */
    REJECTED,
    /** Nobody knows; the pair stays in the list. */
    UNDECIDED
  }

  public MatchDecision {
    if (customerId.compareTo(otherCustomerId) >= 0) {
      throw new IllegalArgumentException("Expected a pair of two ids, the lesser one first");
    }
  }

  /** The decision on a pair, in whatever order its ids are. */
  public static MatchDecision of(String one, String other, Verdict verdict) {
    return one.compareTo(other) < 0
        ? new MatchDecision(one, other, verdict)
        : new MatchDecision(other, one, verdict);
  }

  /** Another verdict on the same pair. */
  public MatchDecision as(Verdict other) {
    return new MatchDecision(customerId, otherCustomerId, other);
  }

  @Override
  public int compareTo(MatchDecision other) {
    return ORDER.compare(this, other);
  }
}
