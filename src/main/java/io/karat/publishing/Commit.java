package io.karat.publishing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.karat.models.Model;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Immutable state of an output folder: the live release, all releases, the run of each night in the
 * history, and the accepted models. Every change of the folder appends one.
 *
 * @param number one above the commit before; 0 if nothing is published yet
 * @param action the change that this commit made
 * @param runId the run that was changed; the live one if a model was accepted
 * @param live the run whose release readers see
 * @param liveAsOf the night of that release
 * @param releases every release that was ever committed, in commit order
 * @param nights the history: the recorded run of each night
 * @param models the id of the accepted model by kind; a kind without one is fitted by the nights
 *     themselves
 * @param inputs facts of the inputs of the live release, as the job wrote them
 * @param writtenAt the time of writing, for people only
 */
public record Commit(
    int format,
    @JsonProperty("n") long number,
    Action action,
    String runId,
    String live,
    @JsonProperty("live_as_of_date") LocalDate liveAsOf,
    List<Release> releases,
    SortedMap<LocalDate, Night> nights,
    SortedMap<String, String> models,
    JsonNode inputs,
    Instant writtenAt) {
  public Commit {
    releases = List.copyOf(releases);
    nights = Collections.unmodifiableSortedMap(new TreeMap<>(nights));
    models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
  }

  /** The state of a folder in which nothing is published. It is never written. */
  static Commit none() {
    return new Commit(
        ControlFileJson.FORMAT,
        0,
        Action.PUBLISH,
        "",
        "",
        LocalDate.MIN,
        List.of(),
        new TreeMap<>(),
        new TreeMap<>(),
        MissingNode.getInstance(),
        Instant.EPOCH);
  }

  public boolean isNone() {
    return number == 0;
  }

  public Optional<Release> release(String id) {
    return releases.stream().filter(release -> release.runId().equals(id)).findFirst();
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

  /** The state after a run became a release, and the live one if {@code goesLive}. */
  Commit after(Action done, StagedRun run, boolean goesLive, Instant now) {
    Release release =
        new Release(run.runId(), run.asOf(), false, true, now, run.tables(), run.models());
    List<Release> others =
        releases.stream().filter(other -> !other.runId().equals(run.runId())).toList();
    SortedMap<LocalDate, Night> history = new TreeMap<>(nights);
    history.put(run.asOf(), run.night());
    return new Commit(
        ControlFileJson.FORMAT,
        number + 1,
        done,
        run.runId(),
        goesLive ? run.runId() : live,
        goesLive ? run.asOf() : liveAsOf,
        Stream.concat(others.stream(), Stream.of(release)).toList(),
        history,
        models,
        goesLive ? run.inputs() : inputs,
        now);
  }

  /**
   * The state with some releases withdrawn, the live one among them, and everything else as in
   * {@code before}. Accepted models stay accepted.
   */
  Commit rolledBackTo(Commit before, Collection<String> withdrawn, Instant now) {
    return new Commit(
        ControlFileJson.FORMAT,
        number + 1,
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
        now);
  }

  /** The state with another accepted model, which nights use from here on. */
  Commit accepting(Model model, Instant now) {
    SortedMap<String, String> accepted = new TreeMap<>(models);
    accepted.put(model.kind(), model.id());
    return new Commit(
        ControlFileJson.FORMAT,
        number + 1,
        Action.ACCEPT,
        live,
        live,
        liveAsOf,
        releases,
        nights,
        accepted,
        inputs,
        now);
  }

  /** Marks each release as retained if its folder is among {@code folders}. */
  Commit withFolders(Collection<String> folders) {
    return new Commit(
        format,
        number,
        action,
        runId,
        live,
        liveAsOf,
        releases.stream()
            .map(release -> release.retainedIf(folders.contains(release.runId())))
            .toList(),
        nights,
        models,
        inputs,
        writtenAt);
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
    ACCEPT
  }

  /**
   * Recorded run of a night in the history.
   *
   * @param files its history files, as paths within the output folder
   * @param table the number of its history rows and their content hash
   */
  public record Night(String runId, List<String> files, Release.Table table) {
    public Night {
      files = List.copyOf(files);
    }
  }
}
