package io.karat.cli;

import io.karat.settings.InputSettings;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Size of the inputs that a configuration names, by which the launcher chooses how Java compiles a
 * night. Ends with 0 if they are small files of this machine, else with 1, also where the arguments
 * or the configuration are wrong: the command says so itself.
 */
final class InputSize {
  /** A little more than the firm of the demo, of which the gain is measured, in bytes. */
  static final long SMALL = 24L << 20;

  private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  /** A folder above all places that a path with a glob or a day leads to. */
  private static final Pattern ABOVE_GLOB = Pattern.compile("([^*?\\[{]*)/[^/]*[*?\\[{].*");

  private InputSize() {}

  public static void main(String[] arguments) {
    PrintStream silent = new PrintStream(OutputStream.nullOutputStream());
    System.setOut(silent);
    System.setErr(silent);
    System.exit(isSmall(arguments) ? 0 : 1);
  }

  private static boolean isSmall(String[] arguments) {
    GlobalOptions options = new GlobalOptions();
    ConfigurationOption configuration = new ConfigurationOption();
    try {
      new CommandLine(options)
          .addMixin("configuration", configuration)
          .setUnmatchedArgumentsAllowed(true)
          .parseArgs(arguments);
      return isSmall(configuration.settings(options, new Problems()), SMALL);
    } catch (Exception wrong) {
      return false;
    }
  }

  /** Whether all inputs are files of this machine with at most so many bytes in all. */
  static boolean isSmall(Settings settings, long most) throws IOException {
    long bytes = 0;
    for (InputSettings input : settings.inputs().all()) {
      if (input.paths().isEmpty() || !input.joins().isEmpty()) {
        return false;
      }
      for (String path : input.paths()) {
        bytes += bytes(path, most);
        if (bytes > most) {
          return false;
        }
      }
    }
    return true;
  }

  /** The bytes of all files below a path, or more than {@code most} where they are not counted. */
  private static long bytes(String path, long most) throws IOException {
    if (ADDRESS.matcher(path).matches()) {
      return most + 1;
    }
    Matcher glob = ABOVE_GLOB.matcher(path);
    long bytes = 0;
    Path folder = Path.of(glob.matches() ? glob.group(1) + "/" : path);
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      Iterator<Path> each = files.filter(Files::isRegularFile).iterator();
      while (each.hasNext() && bytes <= most) {
        bytes += Files.size(each.next());
      }
    }
    return bytes;
  }
}
