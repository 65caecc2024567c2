package io.karat.cli;

import io.karat.models.Model;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Command {@code models accept}: accepts a model, which nights use from then on. */
@picocli.CommandLine.Command(
    name = "accept",
    description = "Puts a model into use for the next nights; published nights stay as they are.",
    footer = {
      Command.EXAMPLES,
      "  karat models accept cuts latest --config conf/karat.yaml",
      "  karat models accept segments 23fcb4dfc391 --config conf/karat.yaml"
    })
final class ModelsAcceptCommand implements Command {
  @Mixin private final ModelOptions models;

  @Parameters(
      index = "1",
      paramLabel = "ID|latest",
      description = "The id of the model, as in 'karat models list', or latest.")
  private String id;

  ModelsAcceptCommand(ModelKinds kinds) {
    models = new ModelOptions(kinds);
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    return models.open(
        options, (plan, session, output) -> accept(models.kind(), id, output, console));
  }

  static void accept(String kind, String id, OutputFolder output, Console console)
      throws IOException {
    try (RunLock lock =
        output.telling(console::note).lock("models accept %s %s".formatted(kind, id))) {
      Model model = output.models().find(kind, id);
      long before = output.head().number();
      boolean isNew = output.models().accept(model, lock).number() > before;
      output.follow().ifPresent(stale -> console.warn("Warning: " + stale));
      console.print(
          isNew
              ? "Model %s is accepted: the next nights use it.".formatted(model.name())
              : "Model %s is accepted already.".formatted(model.name()));
    }
  }
}
