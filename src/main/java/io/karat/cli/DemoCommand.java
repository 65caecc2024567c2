package io.karat.cli;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.desc;

import io.karat.generate.SyntheticFirm;
import io.karat.night.NightPlan;
import io.karat.night.NightResult;
import io.karat.night.PublishedTables;
import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Option;

/**
 * Command {@code demo}: generates the data of a small firm, runs several nights, and names the
 * results to look at.
 */
@picocli.CommandLine.Command(
    name = "demo",
    description = "Generates a small firm's data, runs several nights and shows the results.",
    footer = {Command.EXAMPLES, "  karat demo", "  karat demo --output /tmp/demo"})
final class DemoCommand implements Command {
  private static final SyntheticFirm FIRM = SyntheticFirm.of(2_000, 400, 1);

  /** The nights before the last day; the one a month ago shows movement. */
  private static final List<Integer> DAYS_BEFORE = List.of(30, 1, 0);

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The folder for data and tables; demo by default.")
  private Path output = Path.of("demo");

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    if (Files.exists(output)) {
      throw new UsageException(
          "Folder '%s' exists already: expected a new one for the demo. Remove it, or give --output."
              .formatted(output));
    }

    try (CommandSession session =
        CommandSession.open("karat demo", SyntheticFirm.DEFAULT_ZONE, options)) {
      GenerateCommand.show(FIRM.write(session.spark(), output.resolve("data").toString()), console);
      NightPlan plan = plan(options);
      NightRunner nights = new NightRunner(plan, session.spark(), console, false);
      String report = "";
      for (int night = 1; night <= DAYS_BEFORE.size(); night++) {
        int days = DAYS_BEFORE.get(night - 1);
        LocalDate day = FIRM.lastDay().minusDays(days);
        console.note("Night %d of %d, %s:".formatted(night, DAYS_BEFORE.size(), day));
        NightResult result = nights.run("demo", day, false);
        if (days > 0) {
          console.print(NightRunner.headline(result));
        } else {
          nights.show(result);
          report = nights.report(result);
        }
      }
      showBest(session.spark(), console);
      console.print("Configuration: " + output.resolve("karat.yaml"));
      console.print(
          plan.settings().output().report().isPresent()
              ? "Next: open %s in a browser".formatted(report)
              : "Next: scripts/karat status --config %s".formatted(output.resolve("karat.yaml")));
      return ExitCode.PUBLISHED;
    }
  }

  private NightPlan plan(GlobalOptions options) {
    try (InputStream template = DemoCommand.class.getResourceAsStream("demo.yaml")) {
      if (template == null) {
        throw new IllegalStateException("The resource demo.yaml is missing");
      }

      Path file = output.resolve("karat.yaml");
      Files.write(file, template.readAllBytes());
      Problems problems = new Problems();
      List<String> sets =
          options.settings().entrySet().stream()
              .map(setting -> setting.getKey() + "=" + setting.getValue())
              .toList();
      NightPlan plan =
          NightPlan.of(ConfigurationReader.read(file, Map.of(), sets, problems), problems);
      problems.throwIfAny();
      return plan;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void showBest(SparkSession spark, Console console) {
    ConsoleTable best = new ConsoleTable("customer", "net sales 365d", "profit 365d", "last sale");
    for (Row row :
        spark
            .read()
            .parquet(
                output
                    .resolve("out/current")
                    .resolve(PublishedTables.CUSTOMER_INDICATORS)
                    .toString())
            .selectExpr(
                Columns.CUSTOMER_ID, "net_sales_amount_365d", "profit_365d", "last_sale_date")
            .orderBy(desc("net_sales_amount_365d"), asc(Columns.CUSTOMER_ID))
            .limit(5)
            .collectAsList()) {
      best.row(row.getString(0), row.getDecimal(1), row.getDecimal(2), row.getDate(3).toString());
    }
    console.print("The customers with the largest net sales of the last 365 days:");
    console.print(best);
  }
}
