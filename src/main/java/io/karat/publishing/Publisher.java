package io.karat.publishing;

import io.karat.run.Progress;
import io.karat.run.UsageException;
import java.io.IOException;

/**
 * Publisher that shows the live release to readers elsewhere, such as in a database. The output
 * folder is the source of truth: a publisher that could not follow it does so at the next command
 * that publishes.
 */
public interface Publisher {
  /** The system in which readers find the tables, such as {@code PostgreSQL}. */
  String name();

  /** The place within that system, for messages. */
  String place();

  /**
   * Checks that it could take a release, before a command costs anything; changes nothing.
   *
   * @throws UsageException naming what to correct
   */
  void requireReady() throws IOException;

  /**
   * Shows readers the live release of {@code head}; does nothing if they see a later commit.
   *
   * @throws PublisherException if that fails; readers then see what they saw before
   */
  void follow(Commit head, Progress progress);

  /** A sentence about the release that readers see, and whether the directory is ahead of it. */
  String state(Status directory);
}
