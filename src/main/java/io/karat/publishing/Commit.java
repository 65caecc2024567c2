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
 * What is published from one moment to the next: which release readers see, which there are, which
 * run speaks for each night of the history, and which models nights go by.
 *
 * @param number one above the commit before; 0 where nothing is published yet
 * @param action what was done
 * @param runId the run that it was done to; where a model was accepted, the one that is live
 * @param live the run whose release readers see
 * @param liveAsOf the night of that release
 * @param releases all that were ever committed, in commit order
 * @param nights the history, one run per night
 * @param models the id of the accepted model of each kind; none of a kind that nights still learn
 *     for themselves
 * @param inputs what the live release was made from, in the words of the job
 * @param writtenAt when it was written, for people only
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

  /** The state of an output folder that nothing was published to. It is never written. */
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

  /** The release that speaks for the latest night before {@code asOf}. */
  public Optional<Release> nightBefore(LocalDate asOf) {
    SortedMap<LocalDate, Night> earlier = nights.headMap(asOf);
    return earlier.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(earlier.get(earlier.lastKey())).flatMap(it -> release(it.runId()));
  }

  /**
   * The models of a kind that a night goes by, the one that decides first: the accepted one, then
   * that of the night before.
   */
  public List<String> liveModels(String kind, LocalDate asOf) {
    Stream<UsedModel> ofNightBefore =
        nightBefore(asOf).flatMap(it -> Optional.ofNullable(it.models().get(kind))).stream();
    return Stream.concat(Stream.ofNullable(models.get(kind)), ofNightBefore.map(UsedModel::id))
        .distinct()
        .toList();
  }

  /** Whether a run of this night takes over from the live release without being asked to. */
  boolean leadsTo(LocalDate asOf) {
    return !asOf.isBefore(liveAsOf);
  }

  /** This state after a run became a release, and the live one where it {@code goesLive}. */
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
   * This state with the live release withdrawn and the releases as they were {@code before} it.
   * What was accepted since stays accepted.
   */
  Commit rolledBackTo(Commit before, Instant now) {
    return new Commit(
        ControlFileJson.FORMAT,
        number + 1,
        Action.ROLLBACK,
        live,
        before.live,
        before.liveAsOf,
        releases.stream()
            .map(release -> release.runId().equals(live) ? release.withdrawnIf(true) : release)
            .toList(),
        before.nights,
        models,
        before.inputs,
        now);
  }

  /** This state with another accepted model, which nights go by from here on. */
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

  /** Marks the releases whose folders are gone. */
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

  /** What a commit did. */
  public enum Action {
    /** A run became a release. */
    @JsonProperty("publish")
    PUBLISH,
    /** The live release was withdrawn, the one before it is live again. */
    @JsonProperty("rollback")
    ROLLBACK,
    /** A release that was there already went live. */
    @JsonProperty("make_live")
    MAKE_LIVE,
    /** A model was accepted; the releases and what is live stayed as they were. */
    @JsonProperty("accept")
    ACCEPT
  }

  /**
   * The run that speaks for a night in the history.
   *
   * @param files its rows, as paths within the output folder
   * @param table how many rows they are, and what they hold
   */
  public record Night(String runId, List<String> files, Release.Table table) {
    public Night {
      files = List.copyOf(files);
    }
  }
}
