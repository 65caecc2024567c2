package io.karat.ledger;

/**
 * Values that are gathered: texts, with or without a sum each, or changes of an account. Packed,
 * they are an array of bytes, or {@link PackedDay} if they have days of their own.
 */
sealed interface Gathered permits TextSet, TextSums, DatedSums, AccountChanges {
  /** Adds others of the same kind, packed or not. */
  void add(Object others);

  /** The values in order, as an entry of some day keeps them. */
  byte[] packed(int day);
}
