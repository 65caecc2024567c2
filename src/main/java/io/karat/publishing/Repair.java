package io.karat.publishing;

import io.karat.publishing.ReleaseAudit.Finding;
import io.karat.run.InputException;
import io.karat.run.LockedException;
import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Repair of a damaged output folder. It deletes nothing: a file that is in the way gets another
 * name beside it, and a damaged release or night is given up by a commit, so that it can be
 * computed again.
 *
 * @param lock held to mend; without it, nothing is changed
 */
public record Repair(
    Commits commits, StagedRuns runs, Keep keep, InstantSource clock, Optional<RunLock> lock) {
  /**
   * Damage of an output folder.
   *
   * @param what as a sentence
   * @param mend what mends it, as a sentence in the present tense
   */
  public record Damage(String what, String mend) {}

  /** Finds damage, and mends it if the lock is held. */
  List<Damage> run(ReleaseAudit audit) throws IOException {
    List<Damage> found = new ArrayList<>(commitFiles());
    if (lock.isPresent() || found.isEmpty()) {
      found.addAll(missing(found));
      found.addAll(names());
      found.addAll(content(audit));
    }
    return found;
  }

  private List<Damage> commitFiles() throws IOException {
    List<Damage> found = new ArrayList<>();
    List<Long> numbers = new ArrayList<>(new NumberedFiles(storage(), Layout.COMMITS).numbers());
    numbers.sort(Comparator.naturalOrder());
    long whole = 0;
    for (long number : numbers) {
      Optional<String> damage = damage(number);
      if (damage.isEmpty()) {
        whole = commits.isCommit(number) ? number : whole;
      } else if (number == commits.after(whole) && number == numbers.get(numbers.size() - 1)) {
        found.add(newest(number, whole, damage.get()));
      } else {
        found.add(earlier(number, damage.get()));
      }
    }
    return found;
  }

  private Optional<String> damage(long number) throws IOException {
    try {
      commits.numbered(number);
      return Optional.empty();
    } catch (DamagedFileException damaged) {
      return Optional.of("%s is damaged: %s.".formatted(damaged.file(), damaged.damage()));
    }
  }

  /** Writes the newest commit anew: from the run that it published, or as readers see it. */
  private Damage newest(long number, long whole, String damage) throws IOException {
    Commit before = whole == 0 ? Commit.none() : commits.numbered(whole);
    Optional<CurrentRelease> seen = seen(number);
    Optional<StagedRun> published =
        runs.uncommitted(before).stream()
            .filter(folder -> folder.isAwaited(before))
            .flatMap(folder -> folder.run().stream())
            .filter(run -> seen.map(CurrentRelease::runId).map(run.runId()::equals).orElse(true))
            .reduce((older, newer) -> newer);
    Optional<StagedRun> live = published.isPresent() ? published : madeLive(seen, before);
    if (live.isEmpty() && before.isNone()) {
      aside(Layout.commit(number));
      return new Damage(
          damage, "It gets another name; nothing else is there to read, so run the night again.");
    }

    if (lock.isPresent()) {
      aside(Layout.commit(number));
      Publication publication = publication();
      if (published.isPresent()) {
        publication.publish(published.get());
      } else if (live.isPresent()) {
        publication.makeLive(live.get(), (release, refusal) -> {});
      } else {
        publication.repair(before, before.releases(), before.nights());
      }
    }
    return new Damage(
        damage,
        live.map(
                run ->
                    "It is written anew: night %s is live, run %s. Accepted models and withdrawals are as in the commit before."
                        .formatted(run.asOf(), run.runId()))
            .orElse(
                "It is written anew as a repeat of commit %d: night %s is live, run %s. What it changed has to be done again."
                    .formatted(whole, before.liveAsOf(), before.live())));
  }

  /** What readers see by a commit; empty if they see another one. */
  private Optional<CurrentRelease> seen(long number) throws IOException {
    try {
      return CurrentRelease.read(storage()).filter(it -> it.commit() == number);
    } catch (DamagedFileException unknown) {
      return Optional.empty();
    }
  }

  private Optional<StagedRun> madeLive(Optional<CurrentRelease> seen, Commit before)
      throws IOException {
    Optional<Release> release =
        seen.filter(it -> !it.runId().equals(before.live()))
            .flatMap(it -> before.release(it.runId()));
    return release.isPresent() ? runs.released(release.get()) : Optional.empty();
  }

  /** Commits that count and are gone, some of them since they got another name just now. */
  private List<Damage> missing(List<Damage> known) throws IOException {
    Commit head = commits.head();
    List<Commit.Entry> gone = commits.missing(head);
    if (!gone.isEmpty() && lock.isPresent()) {
      publication().repair(head, head.releases(), head.nights());
    }
    return gone.stream()
        .map(entry -> Layout.commit(entry.number()))
        .filter(file -> known.stream().noneMatch(it -> it.what().startsWith(file)))
        .map(
            file ->
                new Damage(
                    file + " is missing.",
                    "Later commits stand, but a rollback cannot go back to this one."))
        .toList();
  }

  private Damage earlier(long number, String damage) throws IOException {
    aside(Layout.commit(number));
    return new Damage(
        damage,
        "It gets another name. Later commits stand, but a rollback cannot go back to this one.");
  }

  /** Makes way for the names by which readers find the live release. */
  private List<Damage> names() throws IOException {
    Optional<String> stale = CurrentRelease.stale(commits);
    if (stale.isEmpty()) {
      return List.of();
    }

    if (lock.isPresent()) {
      for (String name : List.of(Layout.CURRENT_FILE, Layout.CURRENT_LINK)) {
        if (storage().isFolder(name)) {
          storage().setAside(name);
        }
      }
      Optional<String> refused = CurrentRelease.follow(commits);
      if (refused.isPresent()) {
        return List.of(new Damage(refused.get(), "It could not be mended."));
      }
    }
    return List.of(
        new Damage(stale.get(), "It is updated; a folder of that name gets another one."));
  }

  /** Gives up releases and nights whose content is damaged. */
  private List<Damage> content(ReleaseAudit audit) throws IOException {
    Commit head = commits.head();
    List<Damage> found = new ArrayList<>();
    List<Release> whole = new ArrayList<>();
    SortedMap<LocalDate, Commit.Night> readable = new TreeMap<>(head.nights());
    for (Release release : head.releases()) {
      Optional<String> damage = release.retained() ? tables(release, audit) : Optional.empty();
      damage.ifPresent(it -> found.add(new Damage(it, mend(release, head))));
      whole.add(damage.isPresent() ? release.forgotten() : release);
    }
    for (Map.Entry<LocalDate, Commit.Night> night : head.nights().entrySet()) {
      audit
          .history(night.getValue())
          .ifPresent(
              damage -> {
                found.add(
                    new Damage(
                        "The history of %s %s.".formatted(night.getKey(), damage),
                        again(night.getKey())));
                readable.remove(night.getKey());
              });
    }
    if (!found.isEmpty() && lock.isPresent()) {
      publication().repair(head, whole, readable);
      CurrentRelease.follow(commits);
    }
    found.addAll(models(head));
    return found;
  }

  private static String mend(Release release, Commit head) {
    Commit.Night night = head.nights().get(release.asOf());
    return night != null && night.runId().equals(release.runId())
        ? again(release.asOf())
        : "It is given up; another run speaks for its night.";
  }

  private static String again(LocalDate night) {
    return "It is given up, and stays as it is until then: 'karat backfill --from %s --to %s' computes the night again."
        .formatted(night, night);
  }

  private Optional<String> tables(Release release, ReleaseAudit audit) throws IOException {
    String run =
        "The release of %s, run %s, is damaged: ".formatted(release.asOf(), release.runId());
    try {
      if (runs.released(release).isEmpty()) {
        return Optional.of(run + "files are missing or have another size.");
      }
    } catch (DamagedFileException manifest) {
      return Optional.of(run + "%s: %s.".formatted(manifest.file(), manifest.damage()));
    }
    List<String> damaged =
        audit.tables(release).stream()
            .filter(finding -> finding.damage().isPresent())
            .map(Finding::words)
            .toList();
    return damaged.isEmpty()
        ? Optional.empty()
        : Optional.of(run + String.join("; ", damaged) + ".");
  }

  private List<Damage> models(Commit head) throws IOException {
    List<Damage> found = new ArrayList<>();
    for (String kind : storage().folders(Layout.MODELS)) {
      for (long number : new NumberedFiles(storage(), Layout.fits(kind)).numbers()) {
        Optional<String> damage = fitDamage(Layout.fit(kind, number));
        if (damage.isPresent()) {
          aside(Layout.fit(kind, number));
          found.add(
              new Damage(damage.get(), "It gets another name; the model that it names stays."));
        }
      }
    }
    for (Map.Entry<String, String> model : head.models().entrySet()) {
      try {
        new ModelFiles(storage()).read(model.getKey(), model.getValue());
      } catch (InputException unusable) {
        found.add(
            new Damage(
                String.valueOf(unusable.getMessage()), "It cannot be mended from what is here."));
      }
    }
    return found;
  }

  private Optional<String> fitDamage(String file) throws IOException {
    try {
      ControlFileJson.read(storage(), file, ModelFit.class);
      return Optional.empty();
    } catch (DamagedFileException damaged) {
      return Optional.of("%s is damaged: %s.".formatted(damaged.file(), damaged.damage()));
    }
  }

  private void aside(String file) throws IOException {
    if (lock.isPresent()) {
      storage().setAside(file);
    }
  }

  private Publication publication() {
    return new Publication(commits, runs, keep, lock.orElseThrow(Repair::unlocked), clock);
  }

  private static LockedException unlocked() {
    return new LockedException("The lock is not held.");
  }

  private Storage storage() {
    return commits.storage();
  }
}
