package io.karat.cli;

import io.karat.run.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Console that records its output, so that a test can compare it. */
final class Transcript {
  private final ByteArrayOutputStream results = new ByteArrayOutputStream();
  private final ByteArrayOutputStream remarks = new ByteArrayOutputStream();
  private final Console console;

  Transcript(boolean isTerminal) {
    this(new Terminal(isTerminal, false, false));
  }

  Transcript(Terminal screen) {
    console = new Console(stream(results), new TextConsoleLog(stream(remarks), screen), screen);
  }

  private Transcript(InstantSource clock) {
    console =
        new Console(stream(results), new JsonConsoleLog(stream(remarks), clock), Terminal.NONE);
  }

  /** A transcript of events, all at the same time. */
  static Transcript ofEvents(Instant time) {
    return new Transcript(() -> time);
  }

  Console console() {
    return console;
  }

  ExitCode type(List<Command> commands, String... arguments) {
    return Main.run(new Karat(commands), List.of(arguments), console);
  }

  String results() {
    return results.toString(StandardCharsets.UTF_8);
  }

  String remarks() {
    return remarks.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
