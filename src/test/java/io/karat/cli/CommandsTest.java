package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test of the output of commands that are typed one after the other, in a zone far west of that of
 * the data: what happened there in the first hour belongs to the day before.
 */
@Tag("long")
class CommandsTest {
  private static final Path EXPECTED = Path.of("src/test/resources/io/karat/cli/commands.txt");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @TempDir private Path folder;

  @Test
  void showWhatTheyDidAndWhatToDoNext() throws Exception {
    Files.writeString(
        folder.resolve("karat.yaml"),
        """
        inputs:
          transactions:
            path: %1$s/data/transactions
            columns: {customer_id: customer_id, transaction_time: transaction_time, amount: amount, type: type}
        time_zone: Pacific/Honolulu
        indicators: {windows: [lifetime]}
        output: {path: %1$s/out}
        """
            .formatted(folder));

    List<String> shown =
        typed(
            "generate --customers 0 --days 5 --output DIR/data",
            "generate --customers 20 --days 5 --output DIR/data",
            "generate --customers 20 --days 5 --output DIR/data",
            "generate --customers 20 --days 5 --dirty --output DIR/dirty",
            "init DIR/data --output DIR/drafted.yaml",
            "init DIR/data --output DIR/drafted.yaml",
            "status --config DIR/karat.yaml",
            "models list --config DIR/karat.yaml",
            "rollback --config DIR/karat.yaml",
            "validate --config DIR/karat.yaml",
            "plan --config DIR/karat.yaml --as-of 20240104",
            "run --config DIR/karat.yaml --as-of 2024-01-04",
            "run --config DIR/karat.yaml --as-of 2024-01-04",
            "plan --config DIR/karat.yaml --as-of 2024-01-03",
            "backfill --config DIR/karat.yaml --from 2024-01-02 --to 2024-01-03 --fail-on-warn",
            "run --config DIR/karat.yaml --as-of 2024-01-07 --fail-on-warn",
            "status --config DIR/karat.yaml --tables",
            "simulate --config DIR/karat.yaml --set classification.customer_class.by=transaction_count_lifetime",
            "rollback --config DIR/karat.yaml",
            "publish 0123456789abcdef --config DIR/karat.yaml",
            "unlock --config DIR/karat.yaml",
            "run --config DIR/karat.yaml --as-of 2023-12-30",
            "run --config DIR/none.yaml --as-of 2023-12-31",
            "run --config DIR/karat.yaml --as-of 2024-01-04 --set money_scale=two",
            "demo --output DIR/data");

    String transcript = String.join("\n", shown) + "\n";
    if (Boolean.getBoolean("karat.update")) {
      Files.writeString(EXPECTED, transcript);
    }
    assertEquals(Files.readString(EXPECTED), transcript);
    assertEquals(
        "--set money_scale=two: 'money_scale' is 'two', expected a whole number from 0 to 6.",
        new ObjectMapper()
            .readTree(folder.resolve("out/run_report.json").toFile())
            .path("message")
            .asText());
  }

  /** The transcript, with placeholders for everything that differs from run to run. */
  private List<String> typed(String... commands) throws IOException, InterruptedException {
    Path typed = folder.resolve("typed.txt");
    Path shown = folder.resolve("shown.txt");
    List<String> lines = List.of(commands);
    Files.write(typed, lines.stream().map(line -> line.replace("DIR", "" + folder)).toList());

    Process process =
        new ProcessBuilder(CommandsProcess.command())
            .redirectInput(typed.toFile())
            .redirectOutput(shown.toFile())
            .redirectError(folder.resolve("log.txt").toFile())
            .start();
    try {
      assertTrue(
          process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES),
          () -> "The commands take more than " + PATIENCE);
    } finally {
      process.destroyForcibly();
    }

    return Files.readAllLines(shown).stream()
        .map(line -> line.replace("" + folder, "DIR"))
        .map(line -> line.replaceAll("\\b[0-9a-f]{32}\\b", "HASH"))
        .map(line -> line.replaceAll("\\b(?!0123456789abcdef)[0-9a-f]{16}\\b", "RUN"))
        .map(line -> line.replaceAll("RUN/\\d+-[0-9a-f]{8}\\b", "RUN/ATTEMPT"))
        .map(line -> line.replaceAll("[0-9.]+ s(, [0-9,]+ rows/s)?$", "T s"))
        .map(line -> line.replaceAll("\\b20[0-9-]+T[0-9:.]+Z", "INSTANT"))
        .map(line -> line.replaceAll(" [0-9,]+ bytes", " N bytes"))
        .toList();
  }
}
