package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.run.ExitCode;
import io.karat.testing.JavaOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Process that executes commands one after the other, each of which opens and closes Spark. */
final class CommandsProcess {
  private CommandsProcess() {}

  /**
   * Reads one command per line of the standard input; writes each command, its output and, after
   * {@code =}, its exit code.
   */
  public static void main(String[] none) throws IOException {
    BufferedReader typed = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    for (String line = typed.readLine(); line != null; line = typed.readLine()) {
      out.println("$ karat " + line);
      List<String> words = Arrays.asList(line.split(" "));
      Console console = new Console(out, new TextConsoleLog(out, Terminal.NONE), Terminal.NONE);
      ExitCode exitCode = Main.run(new Karat(Karat.commands()), words, console);
      out.println("= " + exitCode.number());
    }
  }

  /** The command that starts it. */
  static List<String> command() {
    return Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            JavaOptions.files().stream(),
            Stream.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            Stream.of("-Dspark.ui.enabled=false", "-Dspark.driver.host=127.0.0.1"),
            Stream.of("-Dspark.sql.shuffle.partitions=2", "-Dspark.master=local[2]"),
            Stream.of("-cp", System.getProperty("java.class.path")),
            Stream.of(CommandsProcess.class.getName()))
        .flatMap(words -> words)
        .toList();
  }
}
