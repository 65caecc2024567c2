package io.karat.publishing;

/** Points at which a search for duplicates, or their acceptance, may be cut off; failpoints. */
public enum MatchStep {
  /** All tables of a search are written, and nothing names them. */
  BEFORE_FOUND,
  /** The search is the newest one. */
  AFTER_FOUND,
  /** No decision is kept yet. */
  BEFORE_DECISIONS,
  /** The decisions are kept; the aliases do not know them. */
  AFTER_DECISIONS,
  /** The aliases follow from the decisions. */
  AFTER_ALIASES
}
