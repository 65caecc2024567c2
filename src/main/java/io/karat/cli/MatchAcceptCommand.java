package io.karat.cli;

import io.karat.matching.MatchAcceptance;
import io.karat.matching.MatchPlan;
import io.karat.night.NightPlan;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code match accept}: writes the aliases of accepted pairs, which nights read. */
@picocli.CommandLine.Command(
    name = "accept",
    description = "Keeps decisions on pairs, and writes the aliases that nights may read.",
    footer = {
      Command.EXAMPLES,
      "  karat match accept --config conf/karat.yaml",
      "  karat match accept --config conf/karat.yaml --decisions reviewed.csv"
    })
final class MatchAcceptCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--decisions",
      paramLabel = "FILE",
      description =
          "A list such as review.csv with accepted, rejected or undecided in its last column; by"
              + " default all proposed pairs are accepted.")
  private Optional<String> decisions = Optional.empty();

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    MatchPlan.of(plan.settings());
    try (CommandSession session =
        CommandSession.open("karat match accept", plan.settings(), options)) {
      accept(session.spark(), session.output(plan.settings()), decisions, console);
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void accept(
      SparkSession spark, OutputFolder output, Optional<String> decisions, Console console)
      throws IOException {
    try (RunLock lock = output.telling(console::note).lock("match accept")) {
      MatchAcceptance.Outcome outcome =
          new MatchAcceptance(spark, output.matches()).accept(decisions, lock);
      console.print(
          "Kept %s. %s written to %s."
              .formatted(
                  ConsoleNumbers.text(outcome.kept(), "new decision"),
                  outcome.aliases() == 1
                      ? "1 alias is"
                      : ConsoleNumbers.text(outcome.aliases()) + " aliases are",
                  outcome.location()));
      console.print("Nights read them where inputs.aliases names this file, with format csv.");
      if (outcome.heldBack() > 0) {
        console.warn(
            "Warning: %s not accepted, as a rejected pair would become one customer. Decide them with --decisions."
                .formatted(
                    outcome.heldBack() == 1
                        ? "1 proposed pair was"
                        : ConsoleNumbers.text(outcome.heldBack()) + " proposed pairs were"));
      }
    }
  }
}
