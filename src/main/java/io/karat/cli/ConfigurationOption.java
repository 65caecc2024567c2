package io.karat.cli;

import io.karat.night.NightPlan;
import io.karat.report.RunRecord;
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

/** Option {@code --config} with the configuration file of a command. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration of this business, a YAML file: a path or any Hadoop URI.")
  private String file;

  /**
   * Reads the configuration and checks all that can be checked without Spark.
   *
   * @throws io.karat.run.UsageException naming all problems
   */
  NightPlan plan(GlobalOptions options) {
    return plan(file, options);
  }

  /** Reads the configuration for a command that may run without one. */
  static NightPlan plan(String file, GlobalOptions options) {
    Problems problems = new Problems();
    NightPlan plan = NightPlan.of(settings(file, options, problems), problems);
    problems.throwIfAny();
    return plan;
  }

  /**
   * Reads the configuration for a command with a run report, which is also written if the
   * configuration is wrong.
   */
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

  /**
   * Writes the run report if the output folder exists: a wrong configuration must not create one.
   */
  private static void report(
      String command, Settings settings, UsageException wrong, Console console) {
    if (Files.isDirectory(Path.of(settings.output().path()))) {
      RunReport.End end =
          new RunReport.End(
              "failed", wrong.exitCode(), console.lines(String.valueOf(wrong.getMessage())), 0);
      new RunRecords(settings, new Configuration(), console)
          .write(new RunRecord(command, Clock.SYSTEM.instant()).report(end));
    }
  }

  Settings settings(GlobalOptions options, Problems problems) {
    return settings(file, options, problems);
  }

  private static Settings settings(String file, GlobalOptions options, Problems problems) {
    List<String> sets =
        options.settings().entrySet().stream().map(ConfigurationOption::set).toList();
    Map<String, String> environment = options.secrets().watching(System.getenv());
    Settings settings = new ConfigurationFile(file).read(environment, sets, problems);
    settings.output().postgresql().ifPresent(mart -> environment.get(mart.passwordVariable()));
    return settings;
  }

  private static String set(Map.Entry<String, String> setting) {
    return setting.getKey() + "=" + setting.getValue();
  }
}
