package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.publishing.ModelFit;
import io.karat.publishing.OutputFolder;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import io.karat.segments.ExplainedVariance;
import io.karat.segments.SegmentModel;
import io.karat.training.FittedModel;
import io.karat.training.ModelJob;
import io.karat.training.SegmentJudgement;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code models fit}: fits a model on the customers of a published night. */
@picocli.CommandLine.Command(
    name = "fit",
    description =
        "Fits a candidate model to published customers; nights use it once it is accepted.",
    footer = {
      Command.EXAMPLES,
      "  karat models fit cuts --config conf/karat.yaml",
      "  karat models fit segments --config conf/karat.yaml --judge-days 90"
    })
final class ModelsFitCommand implements Command {
  private static final int MOST_DAYS = 3650;

  @Mixin private final ModelOptions models;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run of the release to fit it to; the live one by default.")
  private Optional<String> run = Optional.empty();

  @Option(
      names = "--judge-days",
      paramLabel = "DAYS",
      description =
          "Also evaluates segments: the explained share of variance of net sales in so many days"
              + " after the night.")
  private Optional<Integer> judgeDays = Optional.empty();

  ModelsFitCommand(ModelKinds kinds) {
    models = new ModelOptions(kinds);
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    requireJudgeable();
    return models.open(options, (plan, session, output) -> fit(plan, session, output, console));
  }

  private void fit(NightPlan plan, CommandSession session, OutputFolder output, Console console)
      throws IOException {
    FittedModel fitted = fit(models.job(plan, session, output), run, console);
    if (judgeDays.isPresent()) {
      SegmentJudgement judgement =
          new SegmentJudgement(session.spark(), plan, output, judgeDays.get());
      show(judgement.of(fitted.candidate().model(), fitted.fit()), judgeDays.get(), console);
    }
    if (fitted.candidate().isAcceptedAtOnce()) {
      ModelsAcceptCommand.accept(models.kind(), fitted.fit().model(), output, console);
    }
  }

  private void requireJudgeable() {
    if (judgeDays.isPresent() && !models.kind().equals(SegmentModel.KIND)) {
      throw new UsageException(
          "--judge-days is for segments, not for %s. Leave it out.".formatted(models.kind()));
    }
    if (judgeDays.filter(days -> days < 1 || days > MOST_DAYS).isPresent()) {
      throw new UsageException(
          "--judge-days is %d, expected 1 to %d. Give a number of days such as 90."
              .formatted(judgeDays.orElseThrow(), MOST_DAYS));
    }
  }

  /**
   * Prints the variance of later sales explained by each grouping, and a remark if segments explain
   * less than RFM.
   */
  static void show(Map<String, ExplainedVariance> explained, int days, Console console) {
    console.print(
        "Explained share of the variance of net sales in the %d days after the night:"
            .formatted(days));
    ConsoleTable table = new ConsoleTable("by", "groups", "explained", "adjusted");
    explained.forEach((by, one) -> table.row(by, one.groups(), one.share(), one.adjustedShare()));
    console.print(table);
    ExplainedVariance segments = Objects.requireNonNull(explained.get("segments"));
    Optional.ofNullable(explained.get("rfm codes"))
        .filter(rfm -> rfm.adjustedShare().compareTo(segments.adjustedShare()) > 0)
        .ifPresent(
            rfm ->
                console.print(
                    "Segments explain less than RFM codes: %s, RFM codes %s."
                        .formatted(segments.adjustedShare(), rfm.adjustedShare())));
  }

  static FittedModel fit(ModelJob job, Optional<String> run, Console console) throws IOException {
    FittedModel fitted = job.fit(run);
    ModelFit fit = fitted.fit();
    String model = "%s %s".formatted(job.kind().name(), fit.model());
    console.print(
        "Model %s is fitted to the customers of night %s, run %s."
            .formatted(model, fit.asOf(), fit.runId()));
    fitted.candidate().remarks().forEach(console::print);
    console.print(
        "'karat models compare %1$s' shows the changes, 'karat models accept %1$s' puts it into use."
            .formatted(model));
    return fitted;
  }
}
