package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.ModelStatus;
import io.karat.publishing.ModelStore;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Command {@code models list}: lists the models with their origin and state. */
@picocli.CommandLine.Command(
    name = "list",
    description = "Lists the fitted models, and shows those in use.",
    footer = {
      Command.EXAMPLES,
      "  karat models list --config conf/karat.yaml",
      "  karat models list cuts --config conf/karat.yaml"
    })
final class ModelsListCommand implements Command {
  private final ModelKinds kinds;

  @Mixin private ConfigurationOption configuration;

  @Parameters(
      paramLabel = "KIND",
      arity = "0..1",
      completionCandidates = ModelOptions.Kinds.class,
      description = "The kind of model, such as cuts; all kinds by default.")
  private Optional<String> kind = Optional.empty();

  ModelsListCommand(ModelKinds kinds) {
    this.kinds = kinds;
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    kind.ifPresent(kinds::require);
    NightPlan plan = configuration.plan(options);
    try (CommandSession session =
        CommandSession.open("karat models", plan.settings().timeZone(), options)) {
      ModelStore models = session.output(plan.settings()).models();
      show(models, kind, plan.settings().output().path(), console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void show(ModelStore models, Optional<String> kind, String path, Console console)
      throws IOException {
    List<ModelStatus> lines = new ArrayList<>();
    for (String one : kind.map(List::of).orElse(models.kinds())) {
      lines.addAll(models.list(one));
    }
    if (lines.isEmpty()) {
      console.print(
          "No model%s is kept in '%s' yet: the first run fits those that it needs."
              .formatted(kind.map(" of "::concat).orElse(""), path));
      return;
    }

    ConsoleTable table = new ConsoleTable("kind", "model", "state", "night", "run", "fitted");
    lines.forEach(
        line ->
            table.row(
                line.kind(),
                line.id(),
                line.state().words(),
                line.firstFit().map(it -> it.asOf().toString()).orElse(""),
                line.firstFit().map(ModelStatus.FirstFit::runId).orElse(""),
                line.firstFit().map(it -> ConsoleNumbers.text(it.at())).orElse("")));
    console.print(table);
  }
}
