package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param commit the newest commit
 * @param path the folder of the release, within the output folder
 * @param models the models with which its tables were made, by kind
 */
public record CurrentRelease(
    int format,
    long commit,
    String runId,
    @JsonProperty("as_of_date") LocalDate asOf,
    String path,
    SortedMap<String, UsedModel> models) {
  public CurrentRelease {
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  private static CurrentRelease of(Commit commit) {
    return new CurrentRelease(
        ControlFileJson.FORMAT,
        commit.number(),
        commit.live(),
        commit.liveAsOf(),
        Layout.release(commit.live()),
        commit.release(commit.live()).map(Release::models).orElseGet(TreeMap::new));
  }

  static Optional<CurrentRelease> read(Storage storage) throws IOException {
    Optional<String> text = storage.read(Layout.CURRENT_FILE);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(ControlFileJson.read(Layout.CURRENT_FILE, text.get(), CurrentRelease.class));
  }

  /**
   * Updates {@code current.json} and {@code current} to the highest commit, if they are behind.
   * Each writer checks again after writing, so that of two writers the older commit never remains.
   */
  static void follow(Commits commits) throws IOException {
    Commit head = commits.head();
    while (!head.isNone() && !of(head).isWritten(commits.storage())) {
      of(head).write(commits.storage());
      head = commits.head();
    }
  }

  private boolean isWritten(Storage storage) throws IOException {
    return storage.read(Layout.CURRENT_FILE).equals(Optional.of(ControlFileJson.write(this)))
        && storage.pointsTo(Layout.CURRENT_LINK, path);
  }

  private void write(Storage storage) throws IOException {
    Failpoint.reach(PublishingStep.BEFORE_CURRENT);
    storage.replace(Layout.CURRENT_FILE, ControlFileJson.write(this));
    Failpoint.reach(PublishingStep.AFTER_CURRENT_JSON);
    storage.point(Layout.CURRENT_LINK, path);
    Failpoint.reach(PublishingStep.AFTER_CURRENT);
  }
}
