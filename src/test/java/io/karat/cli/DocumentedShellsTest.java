package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.testing.DocumentedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test that runs the shell blocks of every document, as they stand, one after the other in a folder
 * with data, but for lines that need more than this machine.
 */
@Tag("long")
class DocumentedShellsTest {
  private static final int MINUTES = 15;

  /** What a line has that cannot be run here, and what is tested of it. */
  private static final Map<Pattern, String> NEED_MORE =
      Map.ofEntries(
          Map.entry(Pattern.compile("--master (yarn|spark|k8s)"), "a cluster: SubmissionTest"),
          Map.entry(
              Pattern.compile("--packages|--conf "), "a registry: S3 and table formats have tests"),
          Map.entry(
              Pattern.compile("^docker |^kubectl "), "a daemon: KubernetesTest reads the files"),
          Map.entry(Pattern.compile("^curl |^superset |^METABASE_"), "a server: DashboardsTest"),
          Map.entry(Pattern.compile("karat-0\\.1\\.0|target/karat"), "a built archive: ReleaseIT"),
          Map.entry(Pattern.compile("^mvn "), "this build"),
          Map.entry(Pattern.compile("karat demo$"), "three nights: ReleaseIT runs them"),
          Map.entry(Pattern.compile("^export "), "a cluster"));

  /** What stands for something in a line, and what it is here. */
  private static final Map<String, String> FILLED =
      Map.of(
          "--config F ", "--config my.yaml ",
          "KEY=VALUE", "classification.customer_class.by=transaction_count_lifetime",
          "3f9c…", "$(sed -n 's/.*\"run_id\" *: *\"\\([0-9a-f]*\\)\".*/\\1/p' out/run_report.json)",
          // A few nights in place of two months of them.
          "--from 2026-01-01", "--from 2026-02-27",
          "--from 2025-01-01", "--from 2026-01-01");

  /** Begins a process that runs what is typed as {@code karat}, for all lines. */
  private static final String BEGIN =
      """
      set -euo pipefail
      coproc KARAT { exec "$@" 2> log.txt; }
      karat() {
        local line
        printf '%s\\n' "$*" >&"${KARAT[1]}"
        while IFS= read -r line <&"${KARAT[0]}"; do
          printf '%s\\n' "$line"
          if [[ $line == "= "* ]]; then return "${line#= }"; fi
        done
        return 99
      }
      """;

  @TempDir private Path folder;

  @Test
  void everyLineRuns() throws Exception {
    deliver();
    List<String> script = new ArrayList<>(List.of(BEGIN));
    Set<String> run = new TreeSet<>();
    Set<List<String>> blocks = new HashSet<>();
    for (DocumentedCode code : DocumentedCode.shells()) {
      // Both languages type the same.
      if (!blocks.add(code.typed())) {
        continue;
      }
      // A subshell would not reach the process: the folder is entered anew, and drafts go.
      script.add("cd '%s'; rm -f karat.yaml".formatted(folder));
      for (String line : code.typed()) {
        if (needsMore(line)) {
          continue;
        }
        String program = line.replaceFirst(" .*", "");
        if (program.endsWith("karat") || isThere(program)) {
          script.add("echo '# %s'".formatted(code.place()));
          script.add(filled(line).replace("scripts/karat", "karat"));
          run.add(line);
        }
      }
    }
    Path file = Files.write(folder.resolve("script.sh"), script);
    Path shown = folder.resolve("shown.txt");
    List<String> command = new ArrayList<>(List.of("bash", "" + file));
    command.addAll(CommandsProcess.command());
    Process bash =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(shown.toFile())
            .start();
    try {
      assertTrue(bash.waitFor(MINUTES, TimeUnit.MINUTES), "The lines take too long");
    } finally {
      bash.descendants().forEach(ProcessHandle::destroyForcibly);
      bash.destroyForcibly();
    }

    assertEquals(0, bash.exitValue(), () -> read(shown));
    assertTrue(run.size() > 20, run::toString);
    for (String made : List.of("report.html", "report.zh.html", "karat-metabase.tgz")) {
      assertTrue(Files.size(folder.resolve(made)) > 0, made);
    }
    assertTrue(
        Files.readString(folder.resolve("conf/dashboards/duckdb.sql")).contains("my_schema."));
  }

  /** Whoever removes the last such line removes its reason too. */
  @Test
  void everyReasonIsNeeded() throws IOException {
    List<String> lines =
        DocumentedCode.shells().stream().flatMap(code -> code.typed().stream()).toList();

    NEED_MORE.forEach(
        (what, reason) ->
            assertTrue(lines.stream().anyMatch(line -> what.matcher(line).find()), reason));
    FILLED
        .keySet()
        .forEach(word -> assertTrue(lines.stream().anyMatch(line -> line.contains(word)), word));
  }

  private static boolean needsMore(String line) {
    return NEED_MORE.keySet().stream().anyMatch(what -> what.matcher(line).find());
  }

  private static String filled(String line) {
    String filled = line + " ";
    for (Map.Entry<String, String> it : FILLED.entrySet()) {
      filled = filled.replace(it.getKey(), it.getValue());
    }
    return filled.strip();
  }

  private static boolean isThere(String program) throws IOException, InterruptedException {
    return program.equals("cd")
        || new ProcessBuilder("bash", "-c", "command -v " + program)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** The files that the documents name: data, a configuration, dashboards. */
  private void deliver() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    Path cdnow = Files.createDirectories(folder.resolve("cdnow"));
    List<String> sales = new ArrayList<>(List.of("customer_id,transaction_time,amount,type"));
    List<String> discs = new ArrayList<>(List.of("master_id,sample_id,date,units,amount"));
    LocalDate first = LocalDate.parse("2024-12-01");
    for (int row = 0; row < 1_000; row++) {
      int customer = 1 + row * 11 % 42;
      LocalDate day = first.plusDays(row * 455L / 1_000);
      int amount = 10 + row * 13 % 90;
      sales.add("C%07d,%s 09:30:00,%d.50,SALE".formatted(customer, day, amount));
      discs.add(
          "%05d,%04d,%s,%d,%d.77".formatted(customer, customer + 100, day, 1 + row % 3, amount));
    }
    Files.write(data.resolve("transactions.csv"), sales);
    Files.write(cdnow.resolve("transactions.csv"), discs);
    Files.writeString(
        folder.resolve("my.yaml"),
        """
        inputs:
          transactions:
            path: data/transactions.csv
            format: csv
            columns: {customer_id: customer_id, transaction_time: transaction_time, amount: amount, type: type}
        indicators: {windows: [lifetime]}
        output: {path: out}
        """);
    Files.createDirectories(folder.resolve("backup"));
    Path conf = Path.of("conf/dashboards");
    try (Stream<Path> files = Files.walk(conf)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(file.toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
