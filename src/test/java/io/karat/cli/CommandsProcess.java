package io.karat.cli;

import io.karat.run.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Process that executes commands one after the other, each of which opens and closes Spark. */
final class CommandsProcess {
  private CommandsProcess() {}

  /**
   * Reads one command per line from one file, and writes the output and the exit codes to another.
   */
  public static void main(String[] files) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(Path.of(files[1])), true, StandardCharsets.UTF_8)) {
      for (String line : Files.readAllLines(Path.of(files[0]))) {
        out.println("$ karat " + line);
        List<String> words = Arrays.asList(line.split(" "));
        Console console = new Console(out, new TextConsoleLog(out, Terminal.NONE), Terminal.NONE);
        ExitCode exitCode = Main.run(new Karat(Karat.commands()), words, console);
        out.println("= " + exitCode.number());
      }
    }
  }
}
