package io.karat.publishing;

import io.karat.run.RefusedException;
import java.io.IOException;

/** Check of the content of a release before readers see it. */
@FunctionalInterface
public interface ReleaseCheck {
  /**
   * Ends the command if the content is not what the commit says.
   *
   * @param refusal the beginning of the message
   * @throws RefusedException naming the damaged tables
   */
  void require(Release release, String refusal) throws IOException;
}
