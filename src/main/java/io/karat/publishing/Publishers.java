package io.karat.publishing;

import static java.util.stream.Collectors.joining;

import io.karat.run.Progress;
import io.karat.run.UsageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Publishers of a configuration, in their order; none if readers use the output folder only. */
public record Publishers(List<Publisher> all) {
  public Publishers {
    all = List.copyOf(all);
  }

  /**
   * Checks that each could take a release.
   *
   * @throws UsageException of the first that could not
   */
  public void requireReady() throws IOException {
    for (Publisher publisher : all) {
      publisher.requireReady();
    }
  }

  /**
   * Lets each follow, even if one before it failed.
   *
   * @throws PublisherException with the messages of all that failed
   */
  public void follow(Commit head, Progress progress) {
    List<PublisherException> failures = new ArrayList<>();
    for (Publisher publisher : all) {
      try {
        publisher.follow(head, progress);
      } catch (PublisherException failed) {
        failures.add(failed);
      }
    }
    if (!failures.isEmpty()) {
      String messages = failures.stream().map(Throwable::getMessage).collect(joining(" "));
      throw new PublisherException(messages, failures.get(0));
    }
  }
}
