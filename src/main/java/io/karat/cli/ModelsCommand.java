package io.karat.cli;

import io.karat.run.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Command {@code models}: the commands that list, fit, compare, accept and export models. */
@picocli.CommandLine.Command(
    name = "models",
    description = "Lists, fits, compares, accepts and exports models.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {Command.EXAMPLE, "  karat models list --config conf/karat.yaml"})
final class ModelsCommand implements Command {
  private final ModelKinds kinds;

  @Spec private CommandSpec self;

  ModelsCommand(ModelKinds kinds) {
    this.kinds = kinds;
  }

  @Override
  public List<Command> subcommands() {
    return List.of(
        new ModelsListCommand(kinds),
        new ModelsFitCommand(kinds),
        new ModelsCompareCommand(kinds),
        new ModelsAcceptCommand(kinds),
        new ModelsExportCommand(kinds));
  }

  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    throw UsageErrors.noCommand(self.commandLine());
  }
}
