package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.run.ExitCode;
import io.karat.testing.JavaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a heap which is too small ends a command in one sentence, wherever it shows. */
class SmallHeapTest {
  @TempDir private Path folder;

  /** Spark itself does not start in 256 MB, and does in 512. */
  @ParameterizedTest
  @CsvSource({
    "COMMAND, 256, 247, 1",
    "THREAD, 256, 247, 1",
    "TASK, 256, 247, 1",
    "TASK, 512, 494, 1"
  })
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void aHeapThatIsTooSmallEndsInOneSentence(
      GreedyCommand.Place place, int megabytes, int usable, int more) throws Exception {
    Path said = folder.resolve("said.txt");
    Process process =
        new ProcessBuilder(command(place, megabytes))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      assertEquals(ExitCode.USAGE.number(), process.waitFor(), () -> text(said));
    } finally {
      process.destroyForcibly();
    }

    assertEquals(
        ("Memory is used up: the heap of %d MB is not enough for this command. Expected room for what"
                + " a night computes at once. Give it more with --driver-memory, such as --driver-memory"
                + " %dg, or spark.driver.memory; executors of a cluster with --executor-memory or"
                + " spark.executor.memory. Then run again.\n")
            .formatted(usable, more),
        text(said));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private static List<String> command(GreedyCommand.Place place, int megabytes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.files());
    command.addAll(
        List.of("-Xmx%dm".formatted(megabytes), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties"));
    command.addAll(List.of("-Dspark.ui.enabled=false", "-Dspark.master=local[1]"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(GreedyCommand.class.getName(), "take", place.name()));
    return command;
  }
}
