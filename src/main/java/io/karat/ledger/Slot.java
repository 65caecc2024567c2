package io.karat.ledger;

/**
 * Slot of a part: one of the values that make it up.
 *
 * @param isAdditive whether no value is the same as 0
 */
public record Slot(ValueKind kind, Anchor anchor, boolean isAdditive) {
  static Slot sum(ValueKind kind) {
    return new Slot(kind, Anchor.NONE, true);
  }

  static Slot value(ValueKind kind, Anchor anchor) {
    return new Slot(kind, anchor, false);
  }
}
