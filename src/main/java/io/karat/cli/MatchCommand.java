package io.karat.cli;

import io.karat.matching.MatchPlan;
import io.karat.matching.MatchResult;
import io.karat.matching.MatchScores;
import io.karat.matching.MatchSearch;
import io.karat.night.NightPlan;
import io.karat.publishing.MatchDecision.Verdict;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.RunLock;
import io.karat.run.AsOf;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code match}: finds duplicate customers for review. */
@picocli.CommandLine.Command(
    name = "match",
    description = "Finds customers who are in the list more than once, for review; merges nobody.",
    footer = {
      Command.EXAMPLES,
      "  karat match --config conf/karat.yaml",
      "  karat match --config conf/karat.yaml --as-of 2026-03-01",
      "  karat match accept --config conf/karat.yaml"
    })
final class MatchCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description =
          "The night whose customers are looked through if their path has a day; yesterday by"
              + " default.")
  private Optional<String> asOf = Optional.empty();

  @Override
  public List<Command> subcommands() {
    return List.of(new MatchAcceptCommand());
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    Optional<LocalDate> day = asOf.map(text -> AsOf.parse("--as-of", text));
    NightPlan plan = configuration.plan(options);
    MatchPlan matching = MatchPlan.of(plan.settings());
    LocalDate night = day.orElseGet(() -> Clock.yesterday(plan.settings().timeZone()));
    try (CommandSession session = CommandSession.open("karat match", plan.settings(), options)) {
      OutputFolder output = session.output(plan.settings());
      try (RunLock lock = output.telling(console::note).lock("match " + night)) {
        Optional<MatchResult> result =
            new MatchSearch(session.spark(), matching, output).find(night, lock);
        result.ifPresentOrElse(
            it -> show(it, console),
            () ->
                console.print(
                    "The pairs of %s are found already, from the same customers, settings and decisions."
                        .formatted(night)));
      }
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void show(MatchResult found, Console console) {
    ConsoleTable rules =
        new ConsoleTable("rule", "blocks", "left out", "comparisons", "not by a rule before");
    found
        .rules()
        .forEach(it -> rules.row(it.rule(), it.blocks(), it.leftOut(), it.pairs(), it.added()));
    console.print(rules);
    console.print(
        "%s of %,.0f possible pairs of %,d customers."
            .formatted(
                ConsoleNumbers.text(found.comparisons(), "comparison"),
                found.possible(),
                found.customers()));
    ConsoleTable fields = new ConsoleTable("field", "level", "one customer", "two", "weight");
    found.fields().forEach(it -> fields.row(it.field(), it.level(), it.m(), it.u(), it.weight()));
    console.print(fields);
    console.print("One pair in %,d is expected to be of one customer.".formatted(found.oneIn()));
    console.print(
        "Pairs: %,d proposed, %,d to review, %,d accepted, %,d rejected, %,d undecided."
            .formatted(
                found.pairs(MatchScores.PROPOSED),
                found.pairs(MatchScores.REVIEW),
                found.pairs(Verdict.ACCEPTED.name()),
                found.pairs(Verdict.REJECTED.name()),
                found.pairs(Verdict.UNDECIDED.name())));
    console.print(
        "Clusters: %,d of %,d customers, the largest of %,d."
            .formatted(found.clusterCount(), found.clusteredCustomers(), found.largestCluster()));
    console.print("Written to %s: review.csv is the list for people.".formatted(found.location()));
    console.print(
        "'karat match accept' accepts what is proposed, with --decisions what a list says.");
    found.warnings().forEach(warning -> console.warn("Warning: " + warning));
  }
}
