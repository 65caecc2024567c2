package io.karat.cli;

import io.karat.ModelJob;
import io.karat.NightPlan;
import io.karat.models.ModelKind;
import io.karat.publishing.Fit;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Learns a model anew, from the customers of a night that is published. */
@picocli.CommandLine.Command(
    name = "fit",
    description = "Learns a model from published customers; nights go by it once it is accepted.",
    footer = {Command.EXAMPLE, "  karat models fit cuts --config conf/karat.yaml"})
final class ModelsFitCommand implements Command {
  private final ModelKinds kinds;

  @Mixin private ConfigurationOption configuration;

  @Parameters(paramLabel = "KIND", description = "What to learn a model of: cuts or lifetime.")
  private String kind;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The release to learn it from; the live one by default.")
  private Optional<String> run = Optional.empty();

  ModelsFitCommand(ModelKinds kinds) {
    this.kinds = kinds;
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    kinds.require(kind);
    NightPlan plan = configuration.plan(options);
    ModelKind chosen = kinds.of(kind, plan);
    try (Session session = Session.open("karat models", plan.settings().timeZone(), options)) {
      fit(new ModelJob(session.spark(), session.output(plan.settings()), chosen), run, console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void fit(ModelJob job, Optional<String> run, Console console) throws IOException {
    Fit fit = job.fit(run);
    String model = "%s %s".formatted(job.kind().name(), fit.model());
    console.print(
        "Model %s is fitted to the customers of night %s, run %s."
            .formatted(model, fit.asOf(), fit.runId()));
    console.print(
        "'karat models compare %1$s' shows what it would change, 'karat models accept %1$s' makes"
                .formatted(model)
            + " nights go by it.");
  }
}
