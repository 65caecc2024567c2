package io.karat.publishing;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Status of an output folder at this moment.
 *
 * @param releases in commit order
 * @param uncommitted runs that are at work, were cut off or were refused
 * @param models the id of the accepted model of each kind
 * @param strangers files and folders that are not Karat's
 * @param lock the lock, if a command holds it or died while holding it
 */
public record Status(
    List<ReleaseLine> releases,
    List<StagedLine> uncommitted,
    SortedMap<String, String> models,
    List<String> strangers,
    Optional<LockLine> lock) {
  public Status {
    releases = List.copyOf(releases);
    uncommitted = List.copyOf(uncommitted);
    strangers = List.copyOf(strangers);
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  static Status of(Commits commits, Leases leases) throws IOException {
    Commit head = commits.head();
    List<StagedLine> staged = new ArrayList<>();
    for (StagedRuns.Folder folder : new StagedRuns(commits.storage()).uncommitted(head)) {
      staged.add(
          new StagedLine(
              folder.runId(),
              folder.path(),
              folder.run().map(StagedRun::asOf),
              folder.isAwaited(head)));
    }

    return new Status(
        head.releases().stream().map(release -> line(release, head)).toList(),
        staged,
        head.models(),
        Strangers.in(commits.storage(), head),
        leases
            .highest()
            .filter(lease -> !lease.released())
            .map(lease -> new LockLine(lease, Leases.hasEnded(lease))));
  }

  private static ReleaseLine line(Release release, Commit head) {
    return new ReleaseLine(
        release.runId(),
        release.asOf(),
        release.runId().equals(head.live()),
        release.withdrawn(),
        release.retained(),
        release.writtenAt(),
        Stream.ofNullable(release.tables().get(Release.CUSTOMERS))
            .mapToLong(Release.Table::rows)
            .sum());
  }

  /** Status of one release; {@code customers} is the number of rows of customer_indicators. */
  public record ReleaseLine(
      String runId,
      LocalDate asOf,
      boolean live,
      boolean withdrawn,
      boolean retained,
      Instant writtenAt,
      long customers) {}

  /**
   * Status of one uncommitted folder; the day is known once the run is complete.
   *
   * @param awaited whether it can still be published: nothing was committed since it started
   */
  public record StagedLine(String runId, String folder, Optional<LocalDate> asOf, boolean awaited) {
    public boolean complete() {
      return asOf.isPresent();
    }
  }

  /** Lock, with whether its process is known to have ended. */
  public record LockLine(Lease lease, boolean ended) {}
}
