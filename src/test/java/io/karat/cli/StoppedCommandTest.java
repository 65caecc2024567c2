package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.Status;
import io.karat.testing.JavaOptions;
import io.karat.testing.OutputFolders;
import io.karat.testing.SignalledProcess;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a command which is told to stop says so and leaves no lock. */
class StoppedCommandTest {
  @TempDir private Path folder;

  /** As a scheduler, a terminal, and a connection that is lost send them. */
  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130", "HUP, 129"})
  void aSignalEndsACommandCleanly(String signal, int end) throws Exception {
    Path remarks = folder.resolve("remarks.txt");
    Process process =
        new ProcessBuilder(SignalledProcess.of(command(folder.resolve("output"))))
            .redirectError(remarks.toFile())
            .start();
    try (BufferedReader results =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      assertEquals("holding: true", results.readLine());
      assertTrue(status().lock().isPresent());

      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

      assertEquals(end, process.waitFor());
    } finally {
      process.destroyForcibly();
    }

    assertEquals(
        "Stopped before its end. Nothing is half published: run the same command again.\n",
        Files.readString(remarks));
    assertTrue(status().lock().isEmpty());
  }

  private Status status() throws Exception {
    return OutputFolders.open(folder.resolve("output"), new Configuration(), InstantSource.system())
        .status();
  }

  private static List<String> command(Path output) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.files());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dlog4j2.configurationFile=" + Path.of("conf/log4j2.properties"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HoldCommand.class.getName(), "hold", output.toString()));
    return command;
  }
}
