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
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Option;

/** Option {@code --config} with the configuration file of a command. */
final class ConfigurationOption {
  private static final String VARIABLE = "KARAT_CONFIG";
  private static final String FILE = "karat.yaml";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration of this business, a YAML file: a path or any Hadoop URI. By default"
              + " what KARAT_CONFIG names, else karat.yaml in this folder.")
  private String given = "";

  /**
   * Reads the configuration and checks all that can be checked without Spark.
   *
   * @throws io.karat.run.UsageException naming all problems
   */
  NightPlan plan(GlobalOptions options) {
    return plan(file(), options);
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
    return settings(file(), options, problems);
  }

  private static Settings settings(String file, GlobalOptions options, Problems problems) {
    List<String> sets =
        options.settings().entrySet().stream().map(ConfigurationOption::set).toList();
    Map<String, String> environment = options.secrets().watching(System.getenv());
    Settings settings = new ConfigurationFile(file).read(environment, sets, problems);
    settings.output().postgresql().ifPresent(mart -> environment.get(mart.passwordVariable()));
    return settings;
  }

  private String file() {
    return file(given, System.getenv(), Path.of(FILE));
  }

  /**
   * The configuration that is given, else that of the environment, else that of the folder.
   *
   * @throws UsageException if there is none
   */
  static String file(String given, Map<String, String> environment, Path usual) {
    return Stream.of(given, environment.getOrDefault(VARIABLE, ""))
        .filter(it -> !it.isBlank())
        .findFirst()
        .or(() -> Optional.of(usual.toString()).filter(it -> Files.exists(usual)))
        .orElseThrow(
            () ->
                new UsageException(
                    "There is no configuration: expected --config FILE, the variable %s, or %s in this folder. 'karat init DATA' writes one."
                        .formatted(VARIABLE, FILE)));
  }

  private static String set(Map.Entry<String, String> setting) {
    return setting.getKey() + "=" + setting.getValue();
  }
}
