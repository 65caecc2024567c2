package io.karat.publishing;

import java.time.LocalDate;
import java.util.Optional;

/**
 * The release that readers of a publisher see.
 *
 * @param commit the number of the commit that has it live
 */
public record ShownRelease(String runId, LocalDate asOf, long commit) {
  /** The release in words, such as {@code night 2026-03-01, run 3f9c}. */
  public String words() {
    return "night %s, run %s".formatted(asOf, runId);
  }

  /** A sentence about what readers of a publisher see, and whether the directory is ahead of it. */
  public static String state(Publisher publisher, Optional<ShownRelease> shown, Status directory) {
    Optional<String> live =
        directory.releases().stream()
            .filter(Status.ReleaseLine::live)
            .map(Status.ReleaseLine::runId)
            .findFirst();
    String behind =
        live.filter(run -> !shown.map(ShownRelease::runId).equals(live))
            .map(" It is behind the output folder: 'karat publish %s' updates it."::formatted)
            .orElse("");
    return "%s shows %s in %s.%s"
        .formatted(
            publisher.name(),
            shown.map(ShownRelease::words).orElse("nothing"),
            publisher.place(),
            behind);
  }

  /**
   * The failure of a publisher to follow a night.
   *
   * @param path the output folder, in which the night is live
   * @param reason why it failed, as a clause
   * @param shown what its readers see
   */
  public static PublisherException notFollowing(
      Publisher publisher,
      Commit head,
      String path,
      String reason,
      Optional<ShownRelease> shown,
      Exception failed) {
    return new PublisherException(
        ("Night %s is live in '%s', but not in %s: %s. Readers of %s still see %s."
                + " Remove the cause, then run 'karat publish %s'.")
            .formatted(
                head.liveAsOf(),
                path,
                publisher.name(),
                reason,
                publisher.place(),
                shown.map(ShownRelease::words).orElse("what they saw before"),
                head.live()),
        failed);
  }
}
