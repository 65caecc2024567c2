package io.karat.ledger;

/** The anchors of the slots of a schema on one day. */
final class DayAnchors {
  private final EntrySchema schema;
  private int day;
  private int month = Anchor.month(0);
  private int dayOfMonth;

  DayAnchors(EntrySchema schema) {
    this.schema = schema;
  }

  /** Moves to a day. */
  void move(int to) {
    day = to;
  }

  /** The number of the month of the day, which is found out where it is needed first. */
  int month() {
    if (dayOfMonth != day) {
      month = Anchor.month(day);
      dayOfMonth = day;
    }
    return month;
  }

  /** The difference between a number and its anchor. */
  long difference(int slot, long number) {
    return switch (schema.anchors[slot]) {
      case NONE -> number;
      case DAY -> number - day;
      case MONTH -> number - month();
      case MONTH_BIT -> number ^ Anchor.bit(month(), schema.places[slot]);
    };
  }

  /** The number with a difference. */
  long number(int slot, long difference) {
    return switch (schema.anchors[slot]) {
      case NONE -> difference;
      case DAY -> difference + day;
      case MONTH -> difference + month();
      case MONTH_BIT -> difference ^ Anchor.bit(month(), schema.places[slot]);
    };
  }
}
