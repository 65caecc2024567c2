package io.karat.matching;

/** Level at which two values of a field agree. */
enum AgreementLevel {
  /** The same, as far as values are compared. */
  EQUAL(0),
  /** One slip, or very similar. */
  CLOSE(1),
  /** Two slips, or similar. */
  NEAR(2),
  /** Anything else. */
  DIFFERENT(3),
  /** One of them is not known; it says nothing. */
  UNKNOWN(7);

  /** The levels of two known values. */
  static final int KNOWN = 4;

  /** The bits of a level in the pattern of all fields. */
  static final int BITS = 3;

  private final int number;

  AgreementLevel(int number) {
    this.number = number;
  }

  /** The number that stands for it in a pattern; known ones are below {@link #KNOWN}. */
  int number() {
    return number;
  }
}
