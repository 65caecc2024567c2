package io.karat.run;

/**
 * Told how far a command has come, stage by stage. A stage begins, ends, and only then the next one
 * begins; seconds are measured by whoever listens, so that no calculation sees a clock.
 */
public interface Progress {
  /** Begins a stage, named in words: {@code reading transactions}. */
  void stage(String name);

  /** Ends a stage that has no rows to count. */
  void done(String name);

  /** Ends a stage. */
  void done(String name, long rows);

  /** Says which run the stages that follow belong to, as soon as that is known. */
  default void run(Run run) {}

  /** Tells nobody. */
  static Progress silent() {
    return Silent.INSTANCE;
  }
}
