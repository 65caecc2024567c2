package io.karat.publishing;

import io.karat.run.Failpoint;
import io.karat.run.FencedException;
import io.karat.settings.MatchingSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Store of what was found and decided about duplicate customers, in the output folder.
 *
 * <p>Searches and decisions are numbered files that are created once: of two commands that take the
 * same number one ends. The aliases follow from all decisions and are replaced in one step, so that
 * whatever a killed command left undone the next one does.
 */
public final class MatchStore {
  /** The pairs of a search. */
  public static final String CANDIDATES = "match_candidates";

  /** The clusters of a search. */
  public static final String CLUSTERS = "match_clusters";

  private static final String FOUND = Layout.MATCHING + "/found";
  private static final String DECISIONS = Layout.MATCHING + "/decisions";
  private static final String RUNS = Layout.MATCHING + "/runs";
  private static final String HEADING = "alias_id,customer_id\n";
  private static final int KEPT = 2;

  private final Storage storage;
  private final InstantSource clock;

  MatchStore(Storage storage, InstantSource clock) {
    this.storage = storage;
    this.clock = clock;
  }

  /** The newest search; empty if there was none. */
  public Optional<FoundMatches> latest() throws IOException {
    OptionalLong highest = numbered(FOUND).highest();
    return highest.isEmpty() ? Optional.empty() : Optional.of(found(highest.getAsLong()));
  }

  /** The tables of a search. */
  public RunTables tables(FoundMatches found) {
    return new RunTables(storage, found.path());
  }

  /** The tables of a search that is under way; nothing names them yet. */
  public RunTables stage(String runId, RunLock lock) {
    return new RunTables(storage, path(runId, lock));
  }

  /** Adds a small file beside the tables of a search that is under way. */
  public void write(String runId, RunLock lock, String file, String text) throws IOException {
    storage.replace("%s/%s".formatted(path(runId, lock), file), text);
  }

  /**
   * Makes a search that is under way the newest one, and deletes those before the one before.
   *
   * @throws FencedException if another command did so meanwhile
   */
  public FoundMatches publish(String runId, LocalDate asOf, long pairs, RunLock lock)
      throws IOException {
    lock.requireHeld("Cannot publish the pairs that were found");
    storage.flush(path(runId, lock));
    Failpoint.reach(MatchStep.BEFORE_FOUND);
    long number = numbered(FOUND).next(numbered(FOUND).highest().orElse(0));
    FoundMatches found =
        new FoundMatches(
            ControlFileJson.FORMAT, number, runId, asOf, path(runId, lock), pairs, clock.instant());
    create(FOUND, number, ControlFileJson.write(found), "the pairs that were found");
    Failpoint.reach(MatchStep.AFTER_FOUND);
    retain(number);
    return found;
  }

  private void retain(long newest) throws IOException {
    List<String> kept = new ArrayList<>();
    for (long number : numbered(FOUND).numbers()) {
      if (number > newest - KEPT) {
        kept.add(found(number).path());
      }
    }
    for (String run : storage.folders(RUNS)) {
      for (String attempt : storage.folders("%s/%s".formatted(RUNS, run))) {
        String path = "%s/%s/%s".formatted(RUNS, run, attempt);
        if (!kept.contains(path)) {
          storage.delete(path);
        }
      }
      storage.deleteEmpty("%s/%s".formatted(RUNS, run));
    }
  }

  /** All decisions, of those on one pair the newest, in the order of the pairs. */
  public List<MatchDecision> decisions() throws IOException {
    SortedMap<String, SortedMap<String, MatchDecision>> newest = new TreeMap<>();
    for (long number : numbered(DECISIONS).numbers().stream().sorted().toList()) {
      String file = file(DECISIONS, number);
      Decided decided =
          ControlFileJson.read(storage, file, Decided.class)
              .orElseThrow(() -> new DamagedFileException(file, "it is missing", ""));
      for (MatchDecision decision : decided.decisions()) {
        newest
            .computeIfAbsent(decision.customerId(), id -> new TreeMap<>())
            .put(decision.otherCustomerId(), decision);
      }
    }
    return newest.values().stream().flatMap(pairs -> pairs.values().stream()).toList();
  }

  /**
   * Keeps decisions; does nothing if there are none.
   *
   * @throws FencedException if another command decided meanwhile
   */
  public void decide(List<MatchDecision> decisions, RunLock lock) throws IOException {
    if (decisions.isEmpty()) {
      return;
    }
    lock.requireHeld("Cannot keep decisions");
    Failpoint.reach(MatchStep.BEFORE_DECISIONS);
    long number = numbered(DECISIONS).next(numbered(DECISIONS).highest().orElse(0));
    Decided decided = new Decided(ControlFileJson.FORMAT, number, clock.instant(), decisions);
    create(DECISIONS, number, ControlFileJson.write(decided), "decisions");
    Failpoint.reach(MatchStep.AFTER_DECISIONS);
  }

  /**
   * Writes the aliases that a night may read, in one step.
   *
   * @param aliases the customer of each alias
   * @return the location of their file
   */
  public String writeAliases(SortedMap<String, String> aliases) throws IOException {
    StringBuilder text = new StringBuilder(HEADING);
    for (Map.Entry<String, String> alias : aliases.entrySet()) {
      text.append(quoted(alias.getKey())).append(',').append(quoted(alias.getValue())).append('\n');
    }
    String file = MatchingSettings.ALIASES_FILE;
    if (!storage.read(file).equals(Optional.of(text.toString()))) {
      storage.replace(file, text.toString());
    }
    Failpoint.reach(MatchStep.AFTER_ALIASES);
    return storage.location(file);
  }

  /** Writes aliases without rows if there are none yet, so that a night may name their file. */
  public void requireAliases() throws IOException {
    storage.create(MatchingSettings.ALIASES_FILE, HEADING);
  }

  /** A value of a CSV file as Spark reads it by default. */
  public static String quoted(String value) {
    return "\"%s\"".formatted(value.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  private void create(String folder, long number, String text, String what) throws IOException {
    if (!storage.create(file(folder, number), text)) {
      throw new FencedException(
          "Cannot keep %s: another command kept its own since this one started. Run again to build on them."
              .formatted(what));
    }
  }

  private FoundMatches found(long number) throws IOException {
    String file = file(FOUND, number);
    return ControlFileJson.read(storage, file, FoundMatches.class)
        .orElseThrow(() -> new DamagedFileException(file, "it is missing", ""));
  }

  private NumberedFiles numbered(String folder) {
    return new NumberedFiles(storage, folder);
  }

  private static String file(String folder, long number) {
    return "%s/%d.json".formatted(folder, number);
  }

  private static String path(String runId, RunLock lock) {
    return "%s/%s/%s".formatted(RUNS, runId, lock.attempt());
  }

  /** Decisions of one command. */
  private record Decided(
      int format, long number, Instant writtenAt, List<MatchDecision> decisions) {}
}
