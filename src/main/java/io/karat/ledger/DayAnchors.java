package io.karat.ledger;

import java.util.Arrays;

/** The anchors of the slots of a schema on one day. */
final class DayAnchors {
  private final EntrySchema schema;
  private final boolean hasMonths;
  private int day;
  private int month;

  DayAnchors(EntrySchema schema) {
    this.schema = schema;
    this.hasMonths =
        Arrays.stream(schema.anchors)
            .anyMatch(anchor -> anchor == Anchor.MONTH || anchor == Anchor.MONTH_BIT);
    move(0);
  }

  /** Moves to a day. */
  void move(int to) {
    if (hasMonths && (day != to || month == 0)) {
      month = Anchor.month(to);
    }
    day = to;
  }

  /** The difference between a number and its anchor. */
  long difference(int slot, long number) {
    return switch (schema.anchors[slot]) {
      case NONE -> number;
      case DAY -> number - day;
      case MONTH -> number - month;
      case MONTH_BIT -> number ^ Anchor.bit(month, schema.places[slot]);
    };
  }

  /** The number with a difference. */
  long number(int slot, long difference) {
    return switch (schema.anchors[slot]) {
      case NONE -> difference;
      case DAY -> difference + day;
      case MONTH -> difference + month;
      case MONTH_BIT -> difference ^ Anchor.bit(month, schema.places[slot]);
    };
  }
}
