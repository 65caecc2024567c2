package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.run.ExitCode;
import io.karat.testing.JavaOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests of Karat as a process of its own, started by the real SparkSubmit with the real
 * configuration.
 */
@Tag("long")
class SubmissionTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  @TempDir Path folder;
  private String log = "log4j2.properties";

  /** Result of a process: its exit code and output. */
  private record Ended(int exitCode, String results, String remarks) {}

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void everyExitCodeReachesTheShell(ExitCode exitCode) throws Exception {
    assertEquals(
        new Ended(exitCode.number(), "", ""), submit(List.of(), "end", "--with", exitCode.name()));
  }

  @Test
  void sparkOpensAsConfiguredAndSaysNothingOfItsOwn() throws Exception {
    Ended ended = submit(List.of(), "end", "--with", "REFUSED", "--spark");

    assertEquals(
        new Ended(
            4,
            """
            master: local[*]
            application: karat end
            time zone: Asia/Shanghai
            adaptive: true
            classes: 2000
            page: false
            """,
            ""),
        ended);
    assertFalse(Files.exists(folder.resolve("spark-warehouse")));
  }

  @Test
  void aBrokenFileIsOneSentence() throws Exception {
    Path file = Files.writeString(folder.resolve("sales.parquet"), "not a Parquet file");

    Ended ended =
        submit(
            List.of("--master", "local[1]", "--conf", "spark.sql.codegen.cache.maxEntries=300"),
            "end",
            "--with",
            "PUBLISHED",
            "--spark",
            "--broken",
            file.toString());

    assertEquals(
        "File '%s' cannot be read: it is not a Parquet file. Deliver it again, or move it away.\n"
            .formatted(file),
        ended.remarks());
    assertEquals(3, ended.exitCode());
    assertTrue(ended.results().startsWith("master: local[1]\n"), ended.results());
    assertTrue(ended.results().contains("\nclasses: 300\n"), ended.results());
  }

  /** Expects Spark's own log, such as that of the broken file, and Karat's events in one stream. */
  @Test
  void everyLineIsAnEventWhereThatIsAskedFor() throws Exception {
    Path file = Files.writeString(folder.resolve("sales.parquet"), "not a Parquet file");
    log = "log4j2-json.properties";

    Ended ended =
        submit(
            List.of(),
            "end",
            "--with=PUBLISHED",
            "--spark",
            "--broken=" + file,
            "--log-format=json",
            "--verbose");

    List<JsonNode> events = new ArrayList<>();
    for (String line : ended.remarks().lines().toList()) {
      events.add(new ObjectMapper().readTree(line));
    }
    assertEquals("end", events.get(events.size() - 1).path("event").asText());
    assertEquals(3, events.get(events.size() - 1).path("exit_code").asInt());
    JsonNode failure = events.get(events.size() - 2);
    assertTrue(failure.path("message").asText().startsWith("File '%s' cannot".formatted(file)));
    assertTrue(events.stream().anyMatch(event -> event.path("event").asText().equals("log")));
    assertTrue(events.stream().allMatch(event -> event.path("time").asText().endsWith("Z")));
    assertTrue(ended.results().startsWith("master: local[*]\n"), ended.results());
  }

  private Ended submit(List<String> sparkOptions, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JavaOptions.files());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dlog4j2.configurationFile=" + PROJECT.resolve("conf").resolve(log));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(sparkOptions);
    command.add("--properties-file");
    command.add(PROJECT.resolve("conf/spark-defaults.conf").toString());
    command.addAll(List.of("--load-spark-defaults", "--class", EndCommand.class.getName()));
    command.add("spark-internal");
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Ended run(List<String> command) throws IOException, InterruptedException {
    Path results = folder.resolve("results");
    Path remarks = folder.resolve("remarks");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectOutput(results.toFile()).redirectError(remarks.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    int exitCode = builder.start().waitFor();
    return new Ended(
        exitCode,
        Files.readString(results, StandardCharsets.UTF_8),
        Files.readString(remarks, StandardCharsets.UTF_8));
  }
}
