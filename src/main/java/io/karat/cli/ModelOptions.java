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

/**
 * Options of the commands on one kind of model: the kind, and the configuration with its output.
 */
final class ModelOptions {
  private final ModelKinds kinds;

  @Mixin private ConfigurationOption configuration;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "The kind of model: cuts, segments, lifetime or prediction.")
  private String kind;

  ModelOptions(ModelKinds kinds) {
    this.kinds = kinds;
  }

  /** Work in an output folder, with Spark. */
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

  /**
   * Opens the output and does the work; a wrong kind or configuration is refused before Spark
   * starts.
   */
  ExitCode open(GlobalOptions options, Work work) {
    kinds.require(kind);
    NightPlan plan = configuration.plan(options);
    try (CommandSession session = CommandSession.open("karat models", plan.settings(), options)) {
      work.on(plan, session, session.output(plan.settings()));
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** The job that fits and compares models of the kind. */
  ModelJob job(NightPlan plan, CommandSession session, OutputFolder output) {
    return new ModelJob(session.spark(), output, kinds.of(kind, plan));
  }

  /** Words for kinds. */
  static final class Kinds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("cuts", "lifetime", "prediction", "segments").iterator();
    }
  }
}
