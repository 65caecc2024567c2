package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.night.NightResult;
import io.karat.run.AsOf;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Command {@code backfill}: publishes past nights in order and skips those that are published
 * already.
 */
@picocli.CommandLine.Command(
    name = "backfill",
    description = "Publishes past nights in order; a repeated command continues where it stopped.",
    footer = {
      Command.EXAMPLES,
      "  karat backfill --config conf/karat.yaml --from 2026-02-01 --to 2026-02-28",
      "  karat backfill --config conf/karat.yaml --from 2025-01-01 --to 2026-03-01 --every 1M"
    })
final class BackfillCommand implements Command {
  private static final Pattern STEP = Pattern.compile("([1-9]\\d{0,3})([dwM])");

  @Mixin private ConfigurationOption configuration;

  @Option(names = "--from", required = true, paramLabel = "DAY", description = "The first night.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DAY",
      description = "The last day; no night after it.")
  private String to;

  @Option(
      names = "--every",
      paramLabel = "STEP",
      description = "From one night to the next: 1d (default), 1w, 1M.")
  private String every = "1d";

  @Option(names = "--fail-on-warn", description = "Ends with 7 if a check warned.")
  private boolean failOnWarn;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    List<LocalDate> days = days(AsOf.parse("--from", from), AsOf.parse("--to", to), step(every));
    NightPlan plan = configuration.reportedPlan("backfill", options, console);
    boolean hasWarnings = false;
    try (CommandSession session = CommandSession.open("karat backfill", plan.settings(), options)) {
      NightRunner nights = new NightRunner(plan, session.spark(), console, failOnWarn);
      for (LocalDate day : days) {
        NightResult result = nights.backfill(day, day.equals(days.get(days.size() - 1)));
        console.print(NightRunner.headline(result));
        nights.warn(result);
        hasWarnings |= result.hasWarnings();
      }
    }
    console.print(ending(days));
    return failOnWarn && hasWarnings ? ExitCode.WARNED : ExitCode.PUBLISHED;
  }

  static String ending(List<LocalDate> days) {
    LocalDate last = days.get(days.size() - 1);
    return days.size() == 1
        ? "1 night is published, %s.".formatted(last)
        : "%s are published, %s to %s."
            .formatted(ConsoleNumbers.text(days.size(), "night"), days.get(0), last);
  }

  static List<LocalDate> days(LocalDate from, LocalDate to, Period step) {
    if (to.isBefore(from)) {
      throw new UsageException(
          "--to %s is before --from %s: expected the same day or a later one.".formatted(to, from));
    }

    List<LocalDate> days = new ArrayList<>();
    for (int i = 0; !from.plus(step.multipliedBy(i)).isAfter(to); i++) {
      days.add(from.plus(step.multipliedBy(i)));
    }
    return days;
  }

  static Period step(String text) {
    Matcher step = STEP.matcher(text);
    if (!step.matches()) {
      throw new UsageException(
          "--every '%s' is not a step: expected days, weeks or months such as 1d, 1w or 1M."
              .formatted(text));
    }

    int count = Integer.parseInt(step.group(1));
    return switch (step.group(2)) {
      case "d" -> Period.ofDays(count);
      case "w" -> Period.ofWeeks(count);
      default -> Period.ofMonths(count);
    };
  }
}
