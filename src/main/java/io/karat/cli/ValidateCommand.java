package io.karat.cli;

import io.karat.matching.MatchPlan;
import io.karat.night.NightPlan;
import io.karat.night.NightPreview;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.report.ManyValues;
import io.karat.run.AsOf;
import io.karat.run.ExitCode;
import io.karat.settings.BilingualText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command {@code validate}: checks configuration, input and output without writing anything. */
@picocli.CommandLine.Command(
    name = "validate",
    description = "Checks the configuration, the input's schema and the output; writes nothing.",
    footer = {
      Command.EXAMPLES,
      "  karat validate --config conf/karat.yaml",
      "  karat validate --config conf/karat.yaml --as-of 2026-03-01"
    })
final class ValidateCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description =
          "The night whose inputs are looked for if their path has a day; yesterday by default.")
  private Optional<String> asOf = Optional.empty();

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    Optional<LocalDate> day = asOf.map(text -> AsOf.parse("--as-of", text));
    NightPlan plan = configuration.plan(options);
    if (plan.settings().matching().isPresent()) {
      MatchPlan.of(plan.settings());
    }
    validate(
        plan, day.orElseGet(() -> Clock.yesterday(plan.settings().timeZone())), options, console);
    return ExitCode.PUBLISHED;
  }

  /** Checks the inputs of a night and the output, and says what was found. */
  static void validate(NightPlan plan, LocalDate night, GlobalOptions options, Console console) {
    try (CommandSession session = CommandSession.open("karat validate", plan.settings(), options)) {
      OutputFolder.requireWritable(
          plan.settings().output().path(), session.spark().sparkContext().hadoopConfiguration());
      OutputFolder output = session.output(plan.settings());
      Publishers publishers = plan.publishers(output, session.spark());
      publishers.requireReady();
      List<BilingualText> remarks =
          new ArrayList<>(NightPreview.validate(plan, night, session.spark()));
      remarks.addAll(
          new ManyValues(output, session.spark().sparkContext().hadoopConfiguration()).remarks());
      console.print(
          "The configuration is valid: %s %s the mapped columns, %d indicator columns result."
              .formatted(
                  tables(plan),
                  plan.mappings().size() == 1 ? "has" : "have",
                  plan.indicators().columns().size()));
      remarks.forEach(remark -> console.print(remark.en()));
      publishers
          .all()
          .forEach(it -> console.print("%s is ready: %s.".formatted(it.name(), it.place())));
      SwitchedOff.lines(plan).forEach(console::print);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  /** Words such as {@code 'transactions' and 'payments'}. */
  private static String tables(NightPlan plan) {
    List<String> names =
        new ArrayList<>(
            plan.mappings().keySet().stream()
                .map(table -> "'%s'".formatted(table.tableName()))
                .toList());
    String last = names.remove(names.size() - 1);
    return names.isEmpty() ? last : String.join(", ", names) + " and " + last;
  }
}
