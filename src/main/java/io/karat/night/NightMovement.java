package io.karat.night;

import io.karat.movement.ComparedNight;
import io.karat.movement.ComparisonPeriod;
import io.karat.movement.CustomerMovement;
import io.karat.movement.KeptAliases;
import io.karat.movement.MovementResult;
import io.karat.movement.PairOfNights;
import io.karat.publishing.Staging;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.settings.BilingualText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Movement of customers from earlier nights to this one, and the choice of those nights.
 *
 * @param scored tonight's customers
 * @param earlier the nights before
 */
record NightMovement(
    NightPlan plan, ScoredCustomers scored, Staging staging, EarlierNights earlier) {
  /**
   * Movement as it is published.
   *
   * @param keyAccounts those gained and lost; empty if nothing is compared
   * @param remarks a sentence for each comparison, or for its absence
   */
  record Written(
      MovementResult moved, Optional<Dataset<Row>> keyAccounts, List<BilingualText> remarks) {
    Written {
      remarks = List.copyOf(remarks);
    }
  }

  /** Compares tonight with earlier nights; empty if movement is switched off. */
  Written written() throws IOException {
    Optional<CustomerMovement> movement = movement();
    if (movement.isEmpty()) {
      return new Written(MovementResult.none(), Optional.empty(), List.of());
    }

    List<ComparedNight> nights = comparisons(movement.get());
    MovementResult moved =
        movement
            .get()
            .moved(
                scored.scores().scored(),
                scored.input().aliases(),
                nights,
                earlier.pairs(PairOfNights.FILE));
    Optional<KeptAliases> aliases = scored.input().aliases().flatMap(KeptAliases::of);
    if (aliases.isPresent()) {
      staging.keepWithHistory(KeptAliases.FILE, aliases.get().json());
    }
    for (PairOfNights pair : moved.kept()) {
      staging.keepWithHistory(PairOfNights.FILE, pair.json());
    }
    return new Written(
        moved,
        movement
            .get()
            .keyAccountChanges(scored.scores().scored(), scored.input().aliases(), nights),
        new ComparisonRemarks(earlier.asOf(), earlier.days(), movement.get().settings(), moved)
            .all());
  }

  private Optional<CustomerMovement> movement() {
    return plan.settings()
        .movement()
        .map(
            it ->
                new CustomerMovement(
                    it,
                    plan.scores(),
                    states(),
                    scored.segments().names(),
                    plan.settings().output().historyDays()))
        .filter(it -> !it.states().isEmpty());
  }

  private List<State> states() {
    return Stream.concat(
            new ValueTable(plan.scores()).states().stream(), scored.segments().state().stream())
        .toList();
  }

  private List<ComparedNight> comparisons(CustomerMovement movement) throws IOException {
    List<ComparedNight> comparisons = new ArrayList<>();
    for (ComparisonPeriod period : ComparisonPeriod.of(movement.settings())) {
      earlier.compared(period).ifPresent(comparisons::add);
    }
    return comparisons.stream().filter(ComparedNight::hasAmounts).toList();
  }
}
