package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.run.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes in typing the commands that find and accept duplicates, before Spark starts. */
class MatchCommandTest {
  private final Transcript transcript = new Transcript(false);
  @TempDir Path folder;

  @Test
  void withoutAConfigurationThereIsNothingToLookThrough() {
    assertEquals(
        ExitCode.USAGE,
        transcript.type(List.of(new MatchCommand()), "match", "--as-of", "20260301"));

    assertEquals(
        "'karat match' needs --config FILE. See 'karat match --help'.\n", transcript.remarks());
  }

  @Test
  void aConfigurationWithoutMatchingSaysWhatToAdd() throws Exception {
    Path file = folder.resolve("karat.yaml");
    Files.writeString(
        file,
        "inputs: {customers: {path: data, columns: {customer_id: id, display_name: name}}}\n");
    String expected =
        "Cannot look for duplicates: 'matching' is not configured. Add 'matching: {}', or with"
            + " fields of your own.\n";

    assertEquals(
        ExitCode.USAGE,
        transcript.type(List.of(new MatchCommand()), "match", "--config", file.toString()));
    assertEquals(
        ExitCode.USAGE,
        transcript.type(
            List.of(new MatchCommand()), "match", "accept", "--config", file.toString()));

    assertEquals(expected + expected, transcript.remarks());
  }
}
