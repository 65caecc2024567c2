package io.karat.mart;

/** A place where a mart may be interrupted while it follows, in order; each is a failpoint. */
public enum MartStep {
  /** The directory has the release; the mart does not. */
  BEFORE_MART,
  /** Tables without rows exist, which no view shows. */
  BEFORE_MART_LOAD,
  /** Rows of one part of a table are sent, and not yet committed. */
  IN_MART_PART,
  /** All rows are in tables that no view shows. */
  AFTER_MART_LOAD,
  /** The tables are audited, with keys and indexes. */
  BEFORE_MART_ATTACH,
  /** The tables are partitions; readers still see the release before. */
  BEFORE_MART_SHOW,
  /** Readers see the release. */
  AFTER_MART_SHOW,
  /** A run is no longer loaded; its partitions still exist. */
  BEFORE_MART_DROP
}
