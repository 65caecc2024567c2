package io.karat.cli;

import io.karat.NightPlan;
import io.karat.models.Model;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes nights go by another model. */
@picocli.CommandLine.Command(
    name = "accept",
    description = "Makes nights go by a model from now on; what is published stays as it is.",
    footer = {
      Command.EXAMPLES,
      "  karat models accept cuts latest --config conf/karat.yaml",
      "  karat models accept segments 23fcb4dfc391 --config conf/karat.yaml"
    })
final class ModelsAcceptCommand implements Command {
  private final ModelKinds kinds;

  @Mixin private ConfigurationOption configuration;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "What it is a model of: cuts, segments or lifetime.")
  private String kind;

  @Parameters(
      index = "1",
      paramLabel = "ID|latest",
      description = "The model, as 'karat models list' shows it, or the one fitted last.")
  private String id;

  ModelsAcceptCommand(ModelKinds kinds) {
    this.kinds = kinds;
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    kinds.require(kind);
    NightPlan plan = configuration.plan(options);
    try (Session session = Session.open("karat models", plan.settings().timeZone(), options)) {
      accept(kind, id, session.output(plan.settings()), console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void accept(String kind, String id, OutputFolder output, Console console)
      throws IOException {
    try (RunLock lock = output.lock("models accept %s %s".formatted(kind, id))) {
      Model model = output.models().find(kind, id);
      long before = output.head().number();
      boolean isNew = output.models().accept(model, lock).number() > before;
      console.print(
          isNew
              ? "Model %s is accepted: nights that are run from now on go by it."
                  .formatted(model.name())
              : "Model %s is accepted already.".formatted(model.name()));
    }
  }
}
