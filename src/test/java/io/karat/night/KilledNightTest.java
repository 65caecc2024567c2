package io.karat.night;

import static io.karat.night.ToyFirm.hashes;
import static io.karat.night.ToyFirm.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.publishing.Commit;
import io.karat.publishing.PublishingStep;
import io.karat.run.Failpoint;
import io.karat.testing.LocalSpark;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of processes that die during a night or meet another one: readers always see one whole
 * night.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class KilledNightTest {
  @TempDir private static Path folder;
  private static final Map<String, Process> KILLED = new HashMap<>();
  private static ToyFirm firm;
  private static NightResult undisturbed;
  private static String readBefore;

  static Stream<String> failpoints() {
    return Stream.of(
        "AFTER_MEASURES",
        "AFTER_INDICATORS",
        "AFTER_SCORES",
        "AFTER_AUDIT",
        PublishingStep.BEFORE_COMMIT.name(),
        PublishingStep.AFTER_COMMIT.name());
  }

  @BeforeAll
  static void killOneProcessAtEveryFailpoint(SparkSession spark) throws IOException {
    firm = ToyFirm.at(spark, folder);
    firm.write(ToyFirm.rows(spark, 60).coalesce(1), "");
    ToyFirm base = firm.publishingTo(folder.resolve("base"));
    base.run("2026-03-01");
    readBefore = text(base.table("customer_indicators"), "*");
    for (String failpoint : failpoints().toList()) {
      copy(base.output(), at(failpoint).output());
      Process process = NightProcess.start(at(failpoint), failpoint + ":halt");
      NightProcess.type(process, "2026-03-02");
      KILLED.put(failpoint, process);
    }
    copy(base.output(), at("undisturbed").output());
    undisturbed = at("undisturbed").run("2026-03-02");
  }

  @AfterAll
  static void endProcesses() {
    KILLED.values().forEach(Process::destroyForcibly);
  }

  @ParameterizedTest
  @MethodSource("failpoints")
  void readersSeeOneWholeNightAndTheNextRunFinishes(String failpoint) throws Exception {
    assertEquals(
        Failpoint.HALTED, Optional.ofNullable(KILLED.get(failpoint)).orElseThrow().waitFor());
    assertEquals(readBefore, text(at(failpoint).table("customer_indicators"), "*"));

    NightResult repeated = at(failpoint).run("2026-03-02");

    assertEquals(undisturbed.run(), repeated.run());
    assertEquals(hashes(undisturbed.tables()), hashes(repeated.tables()));
    assertEquals("03-01, 03-02 live", at(failpoint).nights());
    assertEquals(2, at(failpoint).out().head().number());
    assertEquals(
        text(at("undisturbed").table("customer_indicators"), "*"),
        text(at(failpoint).table("customer_indicators"), "*"));
  }

  @Test
  void ofTwoProcessesOneCommitsEachNight() throws Exception {
    ToyFirm shared = at("shared");
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> answers = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        Process process = NightProcess.start(shared, "");
        processes.add(process);
        answers.add(NightProcess.answers(process));
      }
      for (BufferedReader answer : answers) {
        assertEquals("ready", answer.readLine());
      }

      runTogether(processes, answers, "2026-03-01", "2026-03-01");
      assertEquals("03-01 live", shared.nights());

      runTogether(processes, answers, "2026-03-02", "2026-03-03");
      assertEquals(Set.of(1L, 2L, 3L), commits(shared));
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    Commit head = shared.out().head();
    assertEquals(3, head.nights().size());
    assertEquals(3, head.releases().size());
    assertEquals("2026-03-03", head.liveAsOf().toString());
  }

  /**
   * Runs both at once. A process that does not publish ends with 5 or 6, and publishes when it
   * tries again.
   */
  private static void runTogether(
      List<Process> processes, List<BufferedReader> answers, String... nights) throws IOException {
    for (int i = 0; i < 2; i++) {
      NightProcess.type(processes.get(i), nights[i]);
    }
    List<String> ends = List.of(answers.get(0).readLine(), answers.get(1).readLine());
    assertEquals(true, ends.contains("0"), ends::toString);
    for (int i = 0; i < 2; i++) {
      assertEquals(true, Set.of("0", "5", "6").contains(ends.get(i)), ends::toString);
      if (!ends.get(i).equals("0")) {
        NightProcess.type(processes.get(i), nights[i]);
        assertEquals("0", answers.get(i).readLine());
      }
    }
  }

  private static Set<Long> commits(ToyFirm shared) throws IOException {
    try (Stream<Path> files = Files.list(shared.output().resolve("commits"))) {
      return Set.copyOf(
          files
              .map(file -> file.getFileName().toString().replace(".json", ""))
              .map(Long::valueOf)
              .toList());
    }
  }

  private static ToyFirm at(String output) {
    return firm.publishingTo(folder.resolve(output));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }
}
