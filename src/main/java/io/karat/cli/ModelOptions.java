package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.OutputFolder;
import io.karat.run.ExitCode;
import io.karat.training.ModelJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the commands on one kind of model have in common: the kind, a configuration, its output. */
final class ModelOptions {
  private final ModelKinds kinds;

  @Mixin private ConfigurationOption configuration;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "What it is a model of: cuts, segments or lifetime.")
  private String kind;

  ModelOptions(ModelKinds kinds) {
    this.kinds = kinds;
  }

  /** Does something in an output folder, with Spark. */
  interface Work {
    void on(NightPlan plan, CommandSession session, OutputFolder output) throws IOException;
  }

  /**
   * The kind that was typed.
   *
   * @throws io.karat.run.UsageException if this version has no models of that kind
   */
  String kind() {
    kinds.require(kind);
    return kind;
  }

  /** Does the work; a wrong kind or configuration is refused before Spark starts. */
  ExitCode open(GlobalOptions options, Work work) {
    kinds.require(kind);
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat models", plan.settings().timeZone(), options)) {
      work.on(plan, session, session.output(plan.settings()));
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** How models of the kind are learned, compared and shown. */
  ModelJob job(NightPlan plan, CommandSession session, OutputFolder output) {
    return new ModelJob(session.spark(), output, kinds.of(kind, plan));
  }

  /** What can be typed. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("cuts", "lifetime", "segments").iterator();
    }
  }
}
