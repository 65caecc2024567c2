package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.karat.run.Failpoint;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Release that readers see, as in {@code current.json}. A reader that takes the path from here once
 * reads one whole night, even if another is published meanwhile.
 *
 * @param output the id of the output folder, which stays when all its commits are lost; empty where
 *     a former version wrote the file
 * @param commit the newest commit
 * @param path the folder of the release, within the output folder
 * @param models the models with which its tables were made, by kind
 */
public record CurrentRelease(
    int format,
    @JsonSerialize(using = ControlFileJson.OptionalText.class)
        @JsonDeserialize(using = ControlFileJson.TextOptional.class)
        Optional<String> output,
    long commit,
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    String path,
    SortedMap<String, UsedModel> models) {
  public CurrentRelease {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  static CurrentRelease of(Commit commit) {
    Release live = commit.release(commit.live()).orElseThrow();
    return new CurrentRelease(
        ControlFileJson.FORMAT,
        Optional.of(commit.output()).filter(id -> !id.isEmpty()),
        commit.number(),
        live.runId(),
        commit.liveAsOf(),
        live.path(),
        live.models());
  }

  static Optional<CurrentRelease> read(Storage storage) throws IOException {
    return ControlFileJson.read(storage, Layout.CURRENT_FILE, CurrentRelease.class);
  }

  /**
   * Updates {@code current.json} and {@code current} to the highest commit, if they are behind.
   * Each writer checks again after writing, so that of two writers the older commit never remains.
   *
   * @return why a name could not be updated, as a sentence; empty if both are as they should be
   */
  static Optional<String> follow(Commits commits) throws IOException {
    Commit head = commits.head();
    while (!head.isNone()) {
      CurrentRelease current = of(head);
      try {
        if (current.isWritten(commits.storage())) {
          return Optional.empty();
        }
        current.write(commits.storage());
      } catch (IOException refused) {
        return Optional.of(current.stale(commits.storage(), refused));
      }
      head = commits.head();
    }
    return Optional.empty();
  }

  /** Which name for readers is not that of the newest commit, as a sentence; empty if none. */
  static Optional<String> stale(Commits commits) throws IOException {
    Commit head = commits.head();
    return head.isNone() || of(head).isWritten(commits.storage())
        ? Optional.empty()
        : Optional.of(
            "'%s' or '%s' does not name the live release, run %s."
                .formatted(Layout.CURRENT_FILE, Layout.CURRENT_LINK, head.live()));
  }

  private String stale(Storage storage, IOException refused) {
    String name =
        text(storage).equals(Optional.of(content())) ? Layout.CURRENT_LINK : Layout.CURRENT_FILE;
    return ("The commit of run %s stands, but '%s' could not be updated (%s), so who reads by that"
            + " name sees an older night. Correct the cause and run 'karat repair --yes'; the"
            + " next command that publishes also updates it.")
        .formatted(runId, storage.location(name), OutputFolder.reason(refused));
  }

  private static Optional<String> text(Storage storage) {
    try {
      return storage.read(Layout.CURRENT_FILE);
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private boolean isWritten(Storage storage) throws IOException {
    return text(storage).equals(Optional.of(content()))
        && storage.pointsTo(Layout.CURRENT_LINK, path);
  }

  private String content() {
    return ControlFileJson.write(this);
  }

  private void write(Storage storage) throws IOException {
    Failpoint.reach(PublishingStep.BEFORE_CURRENT);
    storage.replace(Layout.CURRENT_FILE, content());
    Failpoint.reach(PublishingStep.AFTER_CURRENT_JSON);
    storage.point(Layout.CURRENT_LINK, path);
    Failpoint.reach(PublishingStep.AFTER_CURRENT);
  }
}
