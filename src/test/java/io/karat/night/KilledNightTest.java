package io.karat.night;

import static io.karat.night.ToyFirm.hashes;
import static io.karat.night.ToyFirm.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.Commit;
import io.karat.publishing.PublishingStep;
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
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
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
  /** What a process ends with that is sent signal 9, which it cannot catch. */
  private static final int KILLED = 128 + 9;

  @TempDir private static Path folder;
  private static final Map<String, String> STOPPED = new HashMap<>();
  private static ToyFirm firm;
  private static NightResult undisturbed;
  private static String readBefore;
  private static List<String> sameNight;
  private static List<String> differentNights;
  private static int end;

  static Stream<String> failpoints() {
    return Stream.of(
        "AFTER_MEASURES",
        "AFTER_INDICATORS",
        "AFTER_SCORES",
        "AFTER_AUDIT",
        PublishingStep.BEFORE_COMMIT.name(),
        PublishingStep.AFTER_COMMIT.name());
  }

  /** The other process is at work on one night at each failpoint when it is killed. */
  @BeforeAll
  static void killAProcess(SparkSession spark) throws IOException, InterruptedException {
    firm = ToyFirm.at(spark, folder);
    Process other = NightProcess.start(firm);
    try (BufferedReader answers = NightProcess.answers(other)) {
      firm.write(ToyFirm.rows(spark, 60).coalesce(1), "");
      ToyFirm base = at("base");
      base.run("2026-03-01");
      readBefore = text(base.table("customer_indicators"), "*");
      for (String failpoint : failpoints().toList()) {
        copy(base.output(), at(failpoint).output());
        NightProcess.type(other, "%1$s 2026-03-02 %1$s".formatted(failpoint));
      }
      copy(base.output(), at("undisturbed").output());
      undisturbed = at("undisturbed").run("2026-03-02");
      for (String failpoint : failpoints().toList()) {
        STOPPED.put(failpoint, String.valueOf(answers.readLine()));
      }
      sameNight = runTogether(other, answers, "2026-03-01", "2026-03-01");
      differentNights = runTogether(other, answers, "2026-03-02", "2026-03-03");
    } finally {
      other.destroyForcibly();
    }
    end = other.waitFor();
  }

  /** Both at once; who does not publish is told so, and publishes when it tries again. */
  private static List<String> runTogether(
      Process other, BufferedReader answers, String others, String ours) throws IOException {
    NightProcess.type(other, "shared " + others);
    String our = NightProcess.end(at("shared"), ours);
    String their = String.valueOf(answers.readLine());
    List<String> ends = new ArrayList<>(List.of(their, our));
    if (!their.equals("0")) {
      NightProcess.type(other, "shared " + others);
      ends.set(0, their + " " + answers.readLine());
    }
    if (!our.equals("0")) {
      ends.set(1, our + " " + NightProcess.end(at("shared"), ours));
    }
    return ends;
  }

  @ParameterizedTest
  @MethodSource("failpoints")
  void readersSeeOneWholeNightAndTheNextRunFinishes(String failpoint) throws Exception {
    assertEquals(NightProcess.STOPPED, STOPPED.get(failpoint));
    assertEquals(KILLED, end);
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
    for (List<String> ends : List.of(sameNight, differentNights)) {
      assertTrue(ends.contains("0"), ends::toString);
      assertTrue(Set.of("0", "5 0", "6 0").containsAll(ends), ends::toString);
    }
    assertEquals(Set.of(1L, 2L, 3L), commits(at("shared")));
    Commit head = at("shared").out().head();
    assertEquals(3, head.nights().size());
    assertEquals(3, head.releases().size());
    assertEquals("2026-03-03", head.liveAsOf().toString());
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
