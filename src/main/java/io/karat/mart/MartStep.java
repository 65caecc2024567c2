package io.karat.mart;

/** The places, in order, where a mart may be cut off while it follows; each is a failpoint. */
public enum MartStep {
  /** The directory has the release; the mart knows nothing of it. */
  BEFORE_MART,
  /** Tables without rows are there, which no reader knows. */
  BEFORE_MART_LOAD,
  /** Rows of one part of a table are sent, and not yet committed. */
  IN_MART_PART,
  /** All rows are in tables that no reader knows. */
  AFTER_MART_LOAD,
  /** The tables are audited, with keys and indexes. */
  BEFORE_MART_ATTACH,
  /** The tables are partitions; readers still see the release before. */
  BEFORE_MART_SHOW,
  /** Readers see the release. */
  AFTER_MART_SHOW,
  /** A run is given up, its partitions are still there. */
  BEFORE_MART_DROP
}
