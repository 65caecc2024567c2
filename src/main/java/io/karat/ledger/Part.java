package io.karat.ledger;

import java.util.Collections;
import java.util.List;

/** Part of a measure: some values that merge together. */
public record Part(Merge merge, List<Slot> slots) {
  public Part {
    slots = List.copyOf(slots);
    if (slots.size() != merge.slots()) {
      throw new IllegalArgumentException(
          "%s has %d slots, expected %d.".formatted(merge, slots.size(), merge.slots()));
    }
  }

  /**
   * A part of some merge function.
   *
   * @param kind the kind of its value; that of the value beside a key
   * @param anchor of a least or greatest number
   */
  public static Part of(Merge merge, ValueKind kind, Anchor anchor) {
    return new Part(
        merge,
        switch (merge) {
          case SUM -> List.of(Slot.sum(kind));
          case LEAST, GREATEST -> List.of(Slot.value(kind, anchor));
          case MONTHS ->
              Collections.nCopies(merge.slots(), Slot.value(ValueKind.NUMBER, Anchor.MONTH_BIT));
          case TWO_LARGEST -> Collections.nCopies(2, Slot.value(kind, Anchor.NONE));
          case SUM_OF_LEAST ->
              List.of(
                  Slot.value(ValueKind.NUMBER, Anchor.MONTH),
                  Slot.sum(ValueKind.NUMBER),
                  Slot.sum(ValueKind.NUMBER));
          case EARLIEST ->
              List.of(Slot.value(ValueKind.NUMBER, Anchor.DAY), Slot.value(kind, Anchor.NONE));
          case DISTINCT -> List.of(Slot.value(ValueKind.SET, Anchor.NONE));
          case SUMS -> List.of(Slot.value(ValueKind.SUMS, Anchor.NONE));
          case DATED_SUMS -> List.of(Slot.value(ValueKind.DATED_SUMS, Anchor.NONE));
          case ACCOUNT, BALANCE -> List.of(Slot.value(ValueKind.ACCOUNT, Anchor.NONE));
        });
  }
}
