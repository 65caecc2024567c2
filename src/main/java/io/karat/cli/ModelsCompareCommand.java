package io.karat.cli;

import io.karat.models.ModelComparison;
import io.karat.publishing.ModelStore;
import io.karat.run.ExitCode;
import io.karat.training.ComparedModels;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Command {@code models compare}: shows the changes that another model would make, before it is
 * accepted.
 */
@picocli.CommandLine.Command(
    name = "compare",
    description =
        "Compares a model with the live one, and counts customers who would change level.",
    footer = {
      Command.EXAMPLES,
      "  karat models compare cuts --config conf/karat.yaml",
      "  karat models compare segments 23fcb4dfc391 --config conf/karat.yaml"
    })
final class ModelsCompareCommand implements Command {
  @Mixin private final ModelOptions models;

  @Parameters(
      index = "1",
      paramLabel = "ID|latest",
      arity = "0..1",
      description = "The id of the model, as in 'karat models list'; the latest by default.")
  private String id = ModelStore.LATEST;

  ModelsCompareCommand(ModelKinds kinds) {
    models = new ModelOptions(kinds);
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    return models.open(
        options,
        (plan, session, output) -> show(models.job(plan, session, output).compare(id), console));
  }

  static void show(ComparedModels models, Console console) {
    String release =
        "night %s, run %s,".formatted(models.release().asOf(), models.release().runId());
    if (models.isSame()) {
      console.print(
          "Model %s is the one that %s uses: nothing would change."
              .formatted(models.other().name(), release));
      return;
    }

    console.print(
        "Model %s compared with %s, which %s uses:"
            .formatted(models.other().name(), models.live().id(), release));
    ConsoleTable cuts = new ConsoleTable("cut", "live", "new");
    for (ModelComparison.Cut cut : models.comparison().cuts()) {
      cuts.row(cut.name(), cell(cut.live()), cell(cut.other()));
    }
    console.print(cuts);
    showMoves(models.comparison(), console);
  }

  private static void showMoves(ModelComparison comparison, Console console) {
    if (comparison.moves().isEmpty()) {
      console.print("No customer would change level.");
      return;
    }

    ConsoleTable moves = new ConsoleTable("column", "from", "to", "customers");
    comparison
        .moves()
        .forEach(move -> moves.row(move.column(), move.from(), move.to(), move.customers()));
    console.print(moves);
  }

  private static Object cell(Optional<BigDecimal> number) {
    return number.isPresent() ? number.get() : "";
  }
}
