package io.karat.cli;

import io.karat.NightPlan;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Problems;
import io.karat.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which configuration a command goes by. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "The configuration of this business, a YAML file.")
  private Path file;

  /**
   * Reads the configuration, and everything that can be checked without Spark.
   *
   * @throws io.karat.run.UsageException naming all that is wrong with it
   */
  NightPlan plan(GlobalOptions options) {
    Problems problems = new Problems();
    NightPlan plan = NightPlan.of(settings(options, problems), problems);
    problems.throwIfAny();
    return plan;
  }

  Settings settings(GlobalOptions options, Problems problems) {
    List<String> sets =
        options.settings().entrySet().stream().map(ConfigurationOption::set).toList();
    return ConfigurationReader.read(file, System.getenv(), sets, problems);
  }

  private static String set(Map.Entry<String, String> setting) {
    return setting.getKey() + "=" + setting.getValue();
  }
}
