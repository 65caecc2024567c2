package io.karat.matching;

import static org.apache.spark.sql.functions.col;

import io.karat.publishing.FoundMatches;
import io.karat.publishing.MatchDecision;
import io.karat.publishing.MatchDecision.Verdict;
import io.karat.publishing.MatchStore;
import io.karat.publishing.RunLock;
import io.karat.run.RefusedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Acceptance of pairs on command: decisions are kept, and the aliases that follow from all of them
 * are written for nights to read. Repeating it changes nothing.
 */
public record MatchAcceptance(SparkSession spark, MatchStore store) {
  /**
   * Outcome of an acceptance.
   *
   * @param kept the decisions that are new
   * @param heldBack the proposed pairs that would join customers of a rejected pair
   * @param aliases the ids that stand for another one now
   * @param location the file of the aliases
   */
  public record Outcome(int kept, int heldBack, int aliases, String location) {}

  /**
   * Keeps decisions and writes the aliases.
   *
   * @param list the file of a list with decisions; empty to accept what the newest search proposes
   * @throws io.karat.run.InputException if the list is not usable
   * @throws RefusedException if nothing was found yet, or accepted pairs contradict rejected ones
   */
  public Outcome accept(Optional<String> list, RunLock lock) throws IOException {
    List<MatchDecision> before = store.decisions();
    List<MatchDecision> made =
        list.isPresent() ? ReviewList.decisions(spark, list.get()) : proposals(before);
    List<MatchDecision> kept = new ArrayList<>(made);
    kept.removeAll(new HashSet<>(before));
    int proposed = kept.size();
    if (list.isEmpty()) {
      kept = withoutContradicted(kept, before);
    }
    List<MatchDecision> all = newest(before, kept);
    ConnectedCustomers connected = connected(all);
    requireNoContradiction(connected, all);
    store.decide(kept, lock);
    SortedMap<String, String> aliases = new TreeMap<>();
    connected
        .clusters()
        .forEach((least, customers) -> customers.forEach(it -> aliases.put(it, least)));
    aliases.entrySet().removeIf(alias -> alias.getKey().equals(alias.getValue()));
    return new Outcome(
        kept.size(), proposed - kept.size(), aliases.size(), store.writeAliases(aliases));
  }

  private List<MatchDecision> proposals(List<MatchDecision> before) throws IOException {
    FoundMatches found =
        store
            .latest()
            .orElseThrow(
                () ->
                    new RefusedException(
                        "Cannot accept pairs: none were looked for yet. Run karat match."));
    Set<MatchDecision> decided = new HashSet<>();
    before.forEach(it -> decided.add(it.as(Verdict.ACCEPTED)));
    return MatchedPairs.of(
            spark.read().parquet(store.tables(found).location(MatchStore.CANDIDATES)),
            col(MatchScores.STATUS).equalTo(MatchScores.PROPOSED))
        .pairs()
        .stream()
        .map(it -> MatchDecision.of(it.customerId(), it.otherCustomerId(), Verdict.ACCEPTED))
        .filter(it -> !decided.contains(it))
        .sorted()
        .toList();
  }

  /** Decisions with later ones in the place of those on the same pairs. */
  private static List<MatchDecision> newest(List<MatchDecision> before, List<MatchDecision> kept) {
    Set<MatchDecision> pairs = new HashSet<>();
    kept.forEach(it -> pairs.add(it.as(Verdict.UNDECIDED)));
    List<MatchDecision> all = new ArrayList<>(kept);
    before.stream().filter(it -> !pairs.contains(it.as(Verdict.UNDECIDED))).forEach(all::add);
    return all;
  }

  private static ConnectedCustomers connected(List<MatchDecision> decisions) {
    ConnectedCustomers connected = new ConnectedCustomers();
    decisions.stream()
        .filter(it -> it.verdict() == Verdict.ACCEPTED)
        .forEach(it -> connected.connect(it.customerId(), it.otherCustomerId()));
    return connected;
  }

  /** Proposals without those of clusters within which a pair is rejected. */
  private static List<MatchDecision> withoutContradicted(
      List<MatchDecision> proposals, List<MatchDecision> before) {
    ConnectedCustomers connected = connected(newest(before, proposals));
    Set<String> contradicted = new HashSet<>();
    before.stream()
        .filter(it -> isContradicted(it, connected))
        .forEach(it -> contradicted.add(connected.least(it.customerId())));
    return proposals.stream()
        .filter(it -> !contradicted.contains(connected.least(it.customerId())))
        .toList();
  }

  private static boolean isContradicted(MatchDecision decision, ConnectedCustomers connected) {
    return decision.verdict() == Verdict.REJECTED
        && connected.areConnected(decision.customerId(), decision.otherCustomerId());
  }

  private static void requireNoContradiction(
      ConnectedCustomers connected, List<MatchDecision> decisions) {
    long contradicted = decisions.stream().filter(it -> isContradicted(it, connected)).count();
    if (contradicted > 0) {
      throw new RefusedException(
          "Cannot write aliases: %,d rejected %s would become one customer by way of accepted pairs. Reject a pair on the way, or accept %s."
              .formatted(
                  contradicted,
                  contradicted == 1 ? "pair" : "pairs",
                  contradicted == 1 ? "it" : "them"));
    }
  }
}
