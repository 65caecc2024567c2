package io.karat.cli;

import io.karat.run.ExitCode;
import io.karat.run.UsageException;
import java.util.Iterator;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Command {@code completion}: prints a script for shell completion of commands and options. */
@picocli.CommandLine.Command(
    name = "completion",
    description = "Prints a completion script for bash or zsh.",
    footer = {
      Command.EXAMPLES,
      "  karat completion bash > ~/.local/share/bash-completion/completions/karat",
      "  karat completion zsh > ~/.karat.zsh"
    })
final class CompletionCommand implements Command {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  @Spec private CommandSpec self;

  @Parameters(
      paramLabel = "bash|zsh",
      completionCandidates = Shells.class,
      description = "The shell that reads the script.")
  private String shell;

  /** Prints the same script for both shells: it detects the shell by itself. */
  @Override
  public ExitCode run(GlobalOptions options, Console console) {
    if (!SHELLS.contains(shell)) {
      throw new UsageException(
          "Shell '%s' is not supported: expected bash or zsh.".formatted(shell));
    }
    console.printLines(AutoComplete.bash("karat", self.root().commandLine()).stripTrailing());
    return ExitCode.PUBLISHED;
  }

  /** Shells that can be completed. */
  private static final class Shells implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SHELLS.iterator();
    }
  }
}
