package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.report.RunReport;
import io.karat.run.UsageException;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** Which configuration a command goes by. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration of this business, a YAML file: a path or any Hadoop URI.")
  private String file;

  /**
   * Reads the configuration, and everything that can be checked without Spark.
   *
   * @throws io.karat.run.UsageException naming all that is wrong with it
   */
  NightPlan plan(GlobalOptions options) {
    return plan(file, options);
  }

  /** The same for a command that can do without a configuration. */
  static NightPlan plan(String file, GlobalOptions options) {
    Problems problems = new Problems();
    NightPlan plan = NightPlan.of(settings(file, options, problems), problems);
    problems.throwIfAny();
    return plan;
  }

  /** The same for a command that reports how it ended, also where its configuration is wrong. */
  NightPlan reportedPlan(String command, GlobalOptions options, Console console) {
    Problems problems = new Problems();
    Settings settings = settings(options, problems);
    NightPlan plan = NightPlan.of(settings, problems);
    try {
      problems.throwIfAny();
      return plan;
    } catch (UsageException wrong) {
      report(command, settings, wrong, console);
      throw wrong;
    }
  }

  /** Only where the output is there already: a wrong configuration makes no folder. */
  private static void report(
      String command, Settings settings, UsageException wrong, Console console) {
    if (Files.isDirectory(Path.of(settings.output().path()))) {
      RunReport report = new RunReport(command, Clock.SYSTEM.instant().toString());
      report.end("failed", wrong.exitCode(), String.valueOf(wrong.getMessage()), 0);
      new RunRecords(settings, new Configuration(), console).write(report);
    }
  }

  Settings settings(GlobalOptions options, Problems problems) {
    return settings(file, options, problems);
  }

  private static Settings settings(String file, GlobalOptions options, Problems problems) {
    List<String> sets =
        options.settings().entrySet().stream().map(ConfigurationOption::set).toList();
    return new ConfigurationFile(file).read(System.getenv(), sets, problems);
  }

  private static String set(Map.Entry<String, String> setting) {
    return setting.getKey() + "=" + setting.getValue();
  }
}
