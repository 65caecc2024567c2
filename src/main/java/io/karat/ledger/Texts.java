package io.karat.ledger;

/** Texts that are gathered, as a set or with a sum each. Packed, they are an array of bytes. */
sealed interface Texts permits TextSet, TextSums {
  /** Adds others of the same kind, packed or not. */
  void add(Object others);

  /** The texts in the order of their bytes. */
  byte[] packed();
}
