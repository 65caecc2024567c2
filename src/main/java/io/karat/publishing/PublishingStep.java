package io.karat.publishing;

/** Points of publishing, in order, at which a run may be cut off; each is a failpoint. */
public enum PublishingStep {
  /** The fitted model is in memory only. */
  BEFORE_MODEL,
  /** The fitted model is in a file that no commit names. */
  AFTER_MODEL,
  /** All tables are written, and their folder says so. */
  AFTER_STAGE,
  /** The history of earlier nights is listed; the night itself is not complete. */
  AFTER_HISTORY,
  /** The tables are complete, and no commit names them. */
  BEFORE_COMMIT,
  /** The commit exists; readers still see the previous release. */
  AFTER_COMMIT,
  /** The names for readers are about to be updated, by this run or by the next command. */
  BEFORE_CURRENT,
  /** {@code current.json} is new, the link {@code current} is old. */
  AFTER_CURRENT_JSON,
  /** Both {@code current.json} and the link are new. */
  AFTER_CURRENT,
  /** Old releases are about to be deleted. */
  BEFORE_RETENTION,
  /** Old releases are deleted. */
  AFTER_RETENTION
}
