package io.karat.cli;

import io.karat.run.UsageException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options of every command, before or after its name. */
@Command(
    name = "karat",
    description = "Computes the value of customers every night, and explains it.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      io.karat.cli.Command.EXAMPLES,
      "  karat demo",
      "  karat help run",
      "  karat help models fit",
      "%nExit codes: 0 published or unchanged, 1 unexpected failure, 2 wrong usage or"
          + " configuration, 3 input, 4 refused by a check, 5 locked, 6 fenced, 7 warnings."
    })
final class GlobalOptions {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      scope = ScopeType.INHERIT,
      description = "Overrides one value of the configuration; may be given several times.")
  private List<String> set = List.of();

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows Spark's own log as well.")
  private boolean verbose;

  @Option(
      names = LogFormat.OPTION,
      paramLabel = "FORMAT",
      scope = ScopeType.INHERIT,
      converter = LogFormat.Converter.class,
      completionCandidates = LogFormat.Names.class,
      description =
          "The format of progress, warnings and errors: text, or json with one object per line. By"
              + " default that of KARAT_LOG_FORMAT, else text.")
  private Optional<LogFormat> logFormat = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean version;

  private final Secrets secrets = new Secrets();

  /** The values that no text of the command shows. */
  Secrets secrets() {
    return secrets;
  }

  boolean help() {
    return help;
  }

  boolean version() {
    return version;
  }

  boolean verbose() {
    return verbose;
  }

  /**
   * Ends a command if the environment names an unknown log format and the option is not given.
   *
   * @throws UsageException naming that format
   */
  void requireLogFormat(Map<String, String> environment) {
    if (logFormat.isEmpty()) {
      LogFormat.requireKnown(environment);
    }
  }

  /**
   * The values of {@code --set} by configuration key, in the order given; of repeated keys the last
   * counts.
   *
   * @throws UsageException if one has no key or no equals sign
   */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String text : set) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new UsageException(
            "--set '%s' is not a setting: expected key=value, such as output.path=out."
                .formatted(text));
      }
      settings.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
    return settings;
  }
}
