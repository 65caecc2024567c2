package io.karat.publishing;

/** The places, in order, where a run may be cut off while it publishes; each is a failpoint. */
public enum PublishingStep {
  /** What the run learned is known to nobody else. */
  BEFORE_MODEL,
  /** What the run learned is in a file that no commit names. */
  AFTER_MODEL,
  /** All tables are written; the folder says so. */
  AFTER_STAGE,
  /** The history of earlier nights is in its table, the night itself is not complete. */
  AFTER_HISTORY,
  /** Nothing is moved yet. */
  BEFORE_RELEASE,
  /** The tables are in their final folder, which nobody knows. */
  BEFORE_COMMIT,
  /** The commit exists; readers still see the release before. */
  AFTER_COMMIT,
  /** The names that readers use are about to be rewritten, by this run or by the next command. */
  BEFORE_CURRENT,
  /** {@code current.json} is new, the link {@code current} is old. */
  AFTER_CURRENT_JSON,
  /** Both are new. */
  AFTER_CURRENT,
  /** Old releases are about to be deleted. */
  BEFORE_RETENTION,
  /** Old releases are deleted. */
  AFTER_RETENTION
}
