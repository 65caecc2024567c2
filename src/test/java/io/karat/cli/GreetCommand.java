package io.karat.cli;

import io.karat.run.ExitCode;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Command as a contributor would write it: one required option, and one that may be absent. */
@picocli.CommandLine.Command(
    name = "greet",
    description = "Greets a customer.",
    footer = {Command.EXAMPLE, "  karat greet --customer ann"})
final class GreetCommand implements Command {
  @Option(
      names = "--customer",
      required = true,
      paramLabel = "NAME",
      description = "Whom to greet.")
  private String customer;

  @Option(names = "--times", paramLabel = "N", description = "How often.")
  private Optional<Integer> times;

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    console.print("Good evening, %s".formatted(customer).repeat(times.orElse(1)));
    new TreeMap<>(options.settings()).forEach((key, value) -> console.print(key + ": " + value));
    return options.verbose() ? ExitCode.WARNED : ExitCode.PUBLISHED;
  }
}
