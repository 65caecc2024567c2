package io.karat.cli;

import io.karat.NightPlan;
import io.karat.NightPreview;
import io.karat.publishing.OutputFolder;
import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Mixin;

/** Checks configuration, input and output without writing anything. */
@picocli.CommandLine.Command(
    name = "validate",
    description = "Checks the configuration, the input's schema and the output; writes nothing.",
    footer = {Command.EXAMPLE, "  karat validate --config conf/karat.yaml"})
final class ValidateCommand implements Command {
  @Mixin private ConfigurationOption configuration;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    NightPlan plan = configuration.plan(options);
    LocalDate night = Clock.yesterday(plan.settings().timeZone());
    try (Session session = Session.open("karat validate", plan.settings().timeZone(), options)) {
      OutputFolder.requireWritable(
          plan.settings().output().path(), session.spark().sparkContext().hadoopConfiguration());
      List<String> columns = NightPreview.validate(plan, night, session.spark());
      console.print(
          "The configuration is valid: '%s' has what its mapping uses, %d columns of %s result."
              .formatted(plan.source().table(), columns.size(), "customer_indicators"));
      plan.indicators()
          .switchedOff()
          .forEach(
              (indicator, column) ->
                  console.print(
                      "Indicator '%s' is off: %s is not mapped.".formatted(indicator, column)));
      return ExitCode.PUBLISHED;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
