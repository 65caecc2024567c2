package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Log files of the configurations that are shipped: a message is one line, whatever it holds. */
class LogConfigurationTest {
  private static final String FILE = "karat.log.file";
  private static final String STORY = "karat.log.story";

  @TempDir Path folder;

  @AfterEach
  void clear() {
    System.clearProperty(FILE);
    System.clearProperty(STORY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"conf/log4j2.properties", "conf/log4j2-json.properties"})
  void aMessageStaysOnItsLineWithoutSteeringCharacters(String configuration) throws IOException {
    String text =
        log(configuration, "a\u001b[2J\rb\nFATAL\u0000 客户", new IOException("x\u001b[1m"));

    assertFalse(text.chars().anyMatch(it -> "\n\t".indexOf(it) < 0 && Character.isISOControl(it)));
    assertTrue(text.contains("\\nFATAL"), text);
    assertTrue(text.contains("客户"), text);
    assertTrue(text.lines().noneMatch(line -> line.startsWith("FATAL")), text);
  }

  @Test
  void aTraceIsWrittenOnce() throws IOException {
    String text = log("conf/log4j2.properties", "night", new IOException("lost"));

    assertEquals(1, text.split("IOException: lost", -1).length - 1, text);
  }

  /** A driver in a cluster has no console of Karat's; elsewhere the story is in the file alone. */
  @ParameterizedTest
  @ValueSource(strings = {"conf/log4j2.properties", "conf/log4j2-json.properties"})
  void theLogOfADriverInAClusterTellsTheStory(String configuration) throws IOException {
    assertEquals("", console(configuration));

    System.setProperty(STORY, "info");

    String told = console(configuration);
    assertEquals(1, told.lines().count(), told);
    assertTrue(told.contains("Commit 2"), told);
  }

  /** What a configuration writes to the standard error. */
  private String console(String configuration) throws IOException {
    PrintStream error = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, UTF_8));
    try (LoggerContext log = new LoggerContext("test", null, Path.of(configuration).toUri())) {
      log.start();
      log.getLogger("io.karat.Test").info("Commit 2");
      log.getLogger("org.apache.spark.Test").info("Spark's own");
    } finally {
      System.setErr(error);
    }
    return written.toString(UTF_8);
  }

  private String log(String configuration, String message, Exception failure) throws IOException {
    Path file = folder.resolve("karat.log");
    System.setProperty(FILE, file.toString());
    // A context of its own: that of the process belongs to the other tests.
    try (LoggerContext log = new LoggerContext("test", null, Path.of(configuration).toUri())) {
      log.start();
      log.getLogger("io.karat.Test").info(message, failure);
    }
    return Files.readString(file);
  }
}
