package io.karat.cli;

import io.karat.models.Model;
import io.karat.run.ExitCode;
import io.karat.training.ModelExport;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Command {@code models export}: writes a model as a pipeline of Spark ML. */
@picocli.CommandLine.Command(
    name = "export",
    description =
        "Writes segments or a prediction as a Spark ML pipeline that scores new customers.",
    footer = {
      Command.EXAMPLES,
      "  karat models export segments --to pipelines/segments --config conf/karat.yaml",
      "  karat models export prediction latest --to pipelines/prediction --config conf/karat.yaml"
    })
final class ModelsExportCommand implements Command {
  @Mixin private final ModelOptions models;

  @Parameters(
      index = "1",
      paramLabel = "ID|latest",
      arity = "0..1",
      description = "The id of the model; by default the one that the live release uses.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the pipeline, any Hadoop URI; it must not be there yet.")
  private String folder;

  ModelsExportCommand(ModelKinds kinds) {
    models = new ModelOptions(kinds);
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    return models.open(
        options,
        (plan, session, output) -> {
          Model model = new ModelExport(plan, output).write(models.kind(), id, folder);
          console.print(
              "Model %s is written to %s: PipelineModel.load reads it and scores rows of customer_indicators."
                  .formatted(model.name(), folder));
        });
  }
}
