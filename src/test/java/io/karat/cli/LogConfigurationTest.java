package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
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

  @TempDir Path folder;

  @AfterEach
  void clear() {
    System.clearProperty(FILE);
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
