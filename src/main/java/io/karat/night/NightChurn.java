package io.karat.night;

import static io.karat.settings.Translations.text;

import io.karat.movement.ChurnLevels;
import io.karat.movement.ComparedNight;
import io.karat.movement.ComparisonPeriod;
import io.karat.movement.ObservedChurn;
import io.karat.movement.PairOfNights;
import io.karat.publishing.Staging;
import io.karat.scores.ScorePlan;
import io.karat.settings.BilingualText;
import io.karat.settings.ChurnSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Churn by satisfaction: what the nights before have observed of it, and what tonight adds. */
record NightChurn(NightPlan plan, Staging staging, EarlierNights earlier) {
  /**
   * Churn as it is published.
   *
   * @param remarks a sentence if what is stated is not what was observed
   */
  record Written(List<Row> rows, List<BilingualText> remarks) {
    Written {
      rows = List.copyOf(rows);
      remarks = List.copyOf(remarks);
    }
  }

  /** The plan of scores, with the rates that were learned up to the night before. */
  ScorePlan scores() throws IOException {
    Optional<ChurnSettings> used = used();
    return used.map(plan.scores()::with).orElse(plan.scores());
  }

  /** The rates that tonight uses; empty without churn. */
  private Optional<ChurnSettings> used() throws IOException {
    Optional<ChurnSettings> stated = plan.scores().models().churn();
    if (stated.filter(ChurnSettings::isLearned).isEmpty()) {
      return stated;
    }

    ObservedChurn observed = ObservedChurn.of(pairs(stated.get()));
    return stated.map(it -> it.with(observed.learned(it.levels())));
  }

  private List<PairOfNights> pairs(ChurnSettings churn) throws IOException {
    return earlier.pairs(ObservedChurn.FILE).stream()
        .filter(pair -> pair.periodDays() == churn.periodDays())
        .toList();
  }

  /** Counts who left since the night a period ago; nothing without churn. */
  Written written(Dataset<Row> scored) throws IOException {
    Optional<ChurnSettings> stated = plan.scores().models().churn();
    if (stated.isEmpty()) {
      return new Written(List.of(), List.of());
    }

    List<PairOfNights> pairs = new ArrayList<>(pairs(stated.get()));
    Optional<ComparedNight> night =
        earlier.compared(new ComparisonPeriod(stated.get().periodDays()));
    Optional<PairOfNights> own = night.flatMap(it -> ObservedChurn.pair(scored, it));
    if (own.isPresent()) {
      staging.keepWithHistory(ObservedChurn.FILE, own.get().json());
      pairs.add(own.get());
    }
    ChurnLevels levels =
        new ChurnLevels(stated.get(), used().orElseThrow(), ObservedChurn.of(pairs));
    List<String> wrong = levels.refuted();
    return new Written(
        levels.rows(scored),
        wrong.isEmpty() || stated.get().isLearned()
            ? List.of()
            : List.of(text("churn.refuted", String.join(", ", wrong), stated.get().periodDays())));
  }
}
