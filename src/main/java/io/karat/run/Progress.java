package io.karat.run;

/**
 * A listener to the progress of a command, stage by stage. A stage ends before the next one begins;
 * seconds are measured by the listener, so that no calculation sees a clock.
 */
public interface Progress {
  /**
   * Begins a stage.
   *
   * @param name in words: {@code reading transactions}
   */
  void stage(String name);

  /** Ends a stage that has no rows to count. */
  void done(String name);

  /** Ends a stage with the number of its rows. */
  void done(String name, long rows);

  /** Says something beside the stages, such as why the command waits. */
  default void note(String text) {}

  /** Announces the run of the following stages, as soon as it is known. */
  default void run(Run run) {}
}
