package io.karat.lakehouse;

/** A place where a publisher may be interrupted while it follows, in order; each is a failpoint. */
public enum LakeStep {
  /** The directory has the release; the lake does not. */
  BEFORE_LAKE,
  /** One table has the rows of the release. */
  IN_LAKE_LOAD,
  /** All tables have its rows; readers still see the release before. */
  BEFORE_LAKE_SHOW,
  /** Readers see the release. */
  AFTER_LAKE_SHOW
}
