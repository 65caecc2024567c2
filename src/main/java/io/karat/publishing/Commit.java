package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.karat.models.Model;
import io.karat.run.Fingerprint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Immutable state of an output folder: the live release, the releases and nights that still count,
 * and the accepted models. Every change of the folder appends one.
 *
 * @param number one above the commit before; 0 if nothing is published yet
 * @param output the id of the output folder: a digest of its first commit
 * @param action the change that this commit made
 * @param runId the run that was changed; the live one if a model was accepted
 * @param live the run whose release readers see
 * @param liveAsOf the night of that release
 * @param releases the releases in commit order; those without tables are deleted
 * @param nights the history: the recorded run of each night
 * @param models the id of the accepted model by kind; a kind without one is fitted by the nights
 *     themselves
 * @param inputs facts of the inputs of the live release, as the job wrote them
 * @param log the earlier commits that still count, oldest first
 * @param writtenAt the time of writing, for people and for retention
 */
public record Commit(
    int format,
    @JsonProperty("n") long number,
    String output,
    Action action,
    String runId,
    String live,
    @JsonProperty("live_as_of_date") LocalDate liveAsOf,
    List<Release> releases,
    SortedMap<LocalDate, Night> nights,
    SortedMap<String, String> models,
    JsonNode inputs,
    List<Entry> log,
    Instant writtenAt) {
  public Commit {
    releases = List.copyOf(releases);
    nights = Collections.unmodifiableSortedMap(new TreeMap<>(nights));
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    log = List.copyOf(log);
  }

  /** The state of a folder in which nothing is published. It is never written. */
  static Commit none() {
    return new Commit(
        ControlFileJson.FORMAT,
        0,
        "",
        Action.PUBLISH,
        "",
        "",
        LocalDate.MIN,
        List.of(),
        new TreeMap<>(),
        new TreeMap<>(),
        MissingNode.getInstance(),
        List.of(),
        Instant.EPOCH);
  }

  public boolean isNone() {
    return number == 0;
  }

  public Optional<Release> release(String id) {
    return releases.stream().filter(release -> release.runId().equals(id)).findFirst();
  }

  /** The runs of the latest releases, and that of the live one. */
  public Set<String> latest(int count) {
    List<String> all = releases.stream().map(Release::runId).toList();
    Set<String> latest = new TreeSet<>(all.subList(Math.max(0, all.size() - count), all.size()));
    latest.add(live);
    return latest;
  }

  public boolean isWithdrawn(String id) {
    return release(id).filter(Release::withdrawn).isPresent();
  }

  /** The release of the latest night before {@code asOf}. */
  public Optional<Release> nightBefore(LocalDate asOf) {
    SortedMap<LocalDate, Night> earlier = nights.headMap(asOf);
    return earlier.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(earlier.get(earlier.lastKey())).flatMap(it -> release(it.runId()));
  }

  /**
   * The ids of the models of a kind that a night uses, in order of preference: the accepted one,
   * then that of the night before.
   */
  public List<String> liveModels(String kind, LocalDate asOf) {
    Stream<UsedModel> ofNightBefore =
        nightBefore(asOf).flatMap(it -> Optional.ofNullable(it.models().get(kind))).stream();
    return Stream.concat(Stream.ofNullable(models.get(kind)), ofNightBefore.map(UsedModel::id))
        .distinct()
        .toList();
  }

  /** Whether a run of this night becomes live by itself. */
  boolean leadsTo(LocalDate asOf) {
    return !asOf.isBefore(liveAsOf);
  }

  /** The night in the history if this run made it. */
  Optional<Night> night(String run, LocalDate asOf) {
    return Optional.ofNullable(nights.get(asOf)).filter(it -> it.runId().equals(run));
  }

  /**
   * Whether the tables of a run that made a night are given up for their age: its release is not
   * among the newest, or not even remembered, nor is the night's history.
   */
  boolean isGivenUp(String run, Night night, int newest) {
    List<String> runs = releases.stream().map(Release::runId).toList();
    return release(run)
        .map(
            it -> !it.retained() && !it.withdrawn() && runs.lastIndexOf(run) < runs.size() - newest)
        .orElse(night.files().isEmpty());
  }

  Entry entry() {
    return new Entry(number, action, runId, live, writtenAt);
  }

  /** The state after a run became a release, and the live one if {@code goesLive}. */
  Commit after(Action done, StagedRun run, boolean goesLive, Instant now) {
    Release release =
        new Release(
            run.runId(), run.asOf(), run.path(), false, true, now, run.tables(), run.models());
    List<Release> others =
        releases.stream().filter(other -> !other.runId().equals(run.runId())).toList();
    SortedMap<LocalDate, Night> history = new TreeMap<>(nights);
    history.put(run.asOf(), run.night());
    return new Commit(
        ControlFileJson.FORMAT,
        number + 1,
        isNone() ? id(run.runId(), now) : output,
        done,
        run.runId(),
        goesLive ? run.runId() : live,
        goesLive ? run.asOf() : liveAsOf,
        Stream.concat(others.stream(), Stream.of(release)).toList(),
        history,
        models,
        goesLive ? run.inputs() : inputs,
        log,
        now);
  }

  /** The id of an output folder by its first commit. */
  static String id(String runId, Instant writtenAt) {
    return Fingerprint.of(List.of(runId, writtenAt.toString()));
  }

  /**
   * The state with some releases withdrawn, the live one among them, and everything else as in
   * {@code before}. Accepted models stay accepted.
   */
  Commit rolledBackTo(Commit before, Collection<String> withdrawn, Instant now) {
    return new Commit(
        ControlFileJson.FORMAT,
        number + 1,
        output,
        Action.ROLLBACK,
        live,
        before.live,
        before.liveAsOf,
        releases.stream()
            .map(
                release ->
                    withdrawn.contains(release.runId()) ? release.withdrawnIf(true) : release)
            .toList(),
        before.nights,
        models,
        before.inputs,
        log,
        now);
  }

  /** The state with another accepted model, which nights use from here on. */
  Commit accepting(Model model, Instant now) {
    SortedMap<String, String> accepted = new TreeMap<>(models);
    accepted.put(model.kind(), model.id());
    return unchanged(Action.ACCEPT, releases, nights, accepted, now);
  }

  /** The state with these releases and nights only, after damage. */
  Commit repaired(List<Release> whole, SortedMap<LocalDate, Night> readable, Instant now) {
    return unchanged(Action.REPAIR, whole, readable, models, now);
  }

  private Commit unchanged(
      Action done,
      List<Release> newReleases,
      SortedMap<LocalDate, Night> newNights,
      SortedMap<String, String> newModels,
      Instant now) {
    return new Commit(
        ControlFileJson.FORMAT,
        number + 1,
        output,
        done,
        live,
        live,
        liveAsOf,
        newReleases,
        newNights,
        newModels,
        inputs,
        log,
        now);
  }

  /** The same state in the file of this number, of the output with this id. */
  Commit numbered(long newNumber, String id) {
    return new Commit(
        format, newNumber, id, action, runId, live, liveAsOf, releases, nights, models, inputs, log,
        writtenAt);
  }

  /** The same state with these releases, nights and earlier commits. */
  Commit keeping(List<Release> kept, SortedMap<LocalDate, Night> named, List<Entry> counting) {
    return new Commit(
        format, number, output, action, runId, live, liveAsOf, kept, named, models, inputs,
        counting, writtenAt);
  }

  /** Change made by a commit. */
  public enum Action {
    /** A run became a release. */
    @JsonProperty("publish")
    PUBLISH,
    /** The live release was withdrawn, the one before it is live again. */
    @JsonProperty("rollback")
    ROLLBACK,
    /** An existing release went live. */
    @JsonProperty("make_live")
    MAKE_LIVE,
    /** A model was accepted; releases are unchanged. */
    @JsonProperty("accept")
    ACCEPT,
    /** Damaged files were given up; what readers see is unchanged. */
    @JsonProperty("repair")
    REPAIR;

    /** Whether it leaves the live release as it is. */
    boolean isSilent() {
      return this == ACCEPT || this == REPAIR;
    }
  }

  /** Earlier commit, as a later one remembers it. */
  record Entry(
      @JsonProperty("n") long number,
      Action action,
      String runId,
      String live,
      Instant writtenAt) {}

  /**
   * Recorded run of a night in the history.
   *
   * @param files its history files, as paths within the output folder; none once they are deleted
   * @param table the number of its history rows and their content hash
   */
  public record Night(String runId, List<String> files, Release.Table table) {
    public Night {
      files = List.copyOf(files);
    }

    Night withoutFiles() {
      return new Night(runId, List.of(), table);
    }
  }
}
