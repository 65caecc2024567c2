package io.karat.report;

import io.karat.report.RunReport.End;
import io.karat.report.RunReport.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Record of a run that goes on: the stages that ended and the newest facts of its night. */
public final class RunRecord {
  private final String command;
  private final Instant startedAt;
  private final List<Stage> stages = new ArrayList<>();
  private NightFacts facts = NightFacts.NONE;

  public RunRecord(String command, Instant startedAt) {
    this.command = command;
    this.startedAt = startedAt;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** Adds a stage that ended. */
  public void add(Stage stage) {
    stages.add(stage);
  }

  /** Replaces the facts by newer ones. */
  public void update(UnaryOperator<NightFacts> newer) {
    facts = newer.apply(facts);
  }

  /** The facts of the night so far. */
  public NightFacts facts() {
    return facts;
  }

  /** The report of a run that has not ended. */
  public RunReport report() {
    return report(Optional.empty());
  }

  /** The report of a run that ended. */
  public RunReport report(End end) {
    return report(Optional.of(end));
  }

  private RunReport report(Optional<End> end) {
    return new RunReport(command, startedAt.toString(), stages, facts, end);
  }
}
