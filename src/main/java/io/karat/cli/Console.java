package io.karat.cli;

import io.karat.run.Progress;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command writes: results to the standard output, progress and complaints to the standard
 * error. On a terminal a passing line can be rewritten; in a pipe every line stays.
 */
final class Console {
  private static final String ERASE_LINE = "\r\u001b[2K";

  private final PrintStream results;
  private final PrintStream remarks;
  private final boolean isTerminal;
  private boolean isLineOpen;

  Console(PrintStream results, PrintStream remarks, boolean isTerminal) {
    this.results = results;
    this.remarks = remarks;
    this.isTerminal = isTerminal;
  }

  /** The console of this process. */
  static Console system() {
    return new Console(
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        isTerminal(System.getProperty("karat.terminal", "false"), System.getenv()));
  }

  /**
   * Whether lines can be rewritten.
   *
   * @param seen {@code true} where the launcher saw that remarks go to a terminal
   */
  static boolean isTerminal(String seen, Map<String, String> environment) {
    return Boolean.parseBoolean(seen)
        && !"dumb".equals(environment.get("TERM"))
        && environment.getOrDefault("NO_COLOR", "").isEmpty();
  }

  /** Writes a result. */
  synchronized void print(String text) {
    closeLine();
    results.println(text);
    results.flush();
  }

  void print(Table table) {
    table.lines().forEach(this::print);
  }

  /** Writes a remark. */
  synchronized void note(String text) {
    closeLine();
    remarks.println(text);
    remarks.flush();
  }

  /** Writes a passing remark: on a terminal {@link #replace} writes over it. */
  synchronized void pass(String text) {
    closeLine();
    remarks.print(isTerminal ? text : text + System.lineSeparator());
    remarks.flush();
    isLineOpen = isTerminal;
  }

  /** Writes a remark, over the passing one if that is the last line. */
  synchronized void replace(String text) {
    if (isLineOpen) {
      remarks.print(ERASE_LINE);
      isLineOpen = false;
    }
    note(text);
  }

  /** Writes a stack trace, below the stage that it broke. */
  synchronized void trace(Throwable failure) {
    closeLine();
    failure.printStackTrace(remarks);
    remarks.flush();
  }

  /** Listens to a command's stages and shows them with rows and seconds. */
  Progress progress() {
    return new StageProgress(this, isTerminal, System::nanoTime);
  }

  private void closeLine() {
    if (isLineOpen) {
      remarks.println();
      remarks.flush();
      isLineOpen = false;
    }
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }
}
