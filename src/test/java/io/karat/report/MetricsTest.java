package io.karat.report;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.input.InputBalance;
import io.karat.movement.MovementResult;
import io.karat.quality.CheckResult;
import io.karat.run.ExitCode;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {
  /** 12:00 on 2 March 2026 is 1,772,452,800 seconds after 1970. */
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

  private static final RunReport.End END =
      new RunReport.End("published", ExitCode.PUBLISHED, "Published.", 12.5);

  private static final Metrics METRICS = new Metrics("retail", NOON);

  @Test
  void aPublishedNightSaysWhatItReadHowLongItTookAndWhatWasChecked() {
    assertEquals(
        """
        # HELP karat_last_run_timestamp_seconds When the latest run ended.
        # TYPE karat_last_run_timestamp_seconds gauge
        karat_last_run_timestamp_seconds{name="retail"} 1772452800
        # HELP karat_last_run_exit_code How the latest run ended; 0 is well.
        # TYPE karat_last_run_exit_code gauge
        karat_last_run_exit_code{name="retail"} 0
        # HELP karat_last_run_duration_seconds How long the latest run took.
        # TYPE karat_last_run_duration_seconds gauge
        karat_last_run_duration_seconds{name="retail"} 12.5
        # HELP karat_last_success_timestamp_seconds When a run last ended with its tables published.
        # TYPE karat_last_success_timestamp_seconds gauge
        karat_last_success_timestamp_seconds{name="retail"} 1772452800
        # HELP karat_last_success_as_of_timestamp_seconds The start of the day that this run was as of, in UTC.
        # TYPE karat_last_success_as_of_timestamp_seconds gauge
        karat_last_success_as_of_timestamp_seconds{name="retail"} 1772323200
        # HELP karat_customers Customers of the night that was published last.
        # TYPE karat_customers gauge
        karat_customers{name="retail"} 1983
        # HELP karat_stage_duration_seconds How long each stage of the latest run took.
        # TYPE karat_stage_duration_seconds gauge
        karat_stage_duration_seconds{name="retail",stage="read inputs"} 1.25
        karat_stage_duration_seconds{name="retail",stage="commit"} 0.5
        # HELP karat_stage_rows Rows of each stage of the latest run that counts them.
        # TYPE karat_stage_rows gauge
        karat_stage_rows{name="retail",stage="read inputs"} 39556
        # HELP karat_checks Checks of the latest run, by what they found.
        # TYPE karat_checks gauge
        karat_checks{name="retail",status="passed"} 1
        karat_checks{name="retail",status="warned"} 1
        karat_checks{name="retail",status="refused"} 0
        karat_checks{name="retail",status="off"} 0
        """,
        METRICS.text(published(), Optional.empty()));
  }

  @Test
  void aFailedRunKeepsWhatIsKnownOfTheLastSuccess() {
    String before = METRICS.text(published(), Optional.empty());
    RunReport failed =
        new RunRecord("run", Instant.parse("2026-03-03T12:00:00Z"))
            .report(new RunReport.End("failed", ExitCode.INPUT, "Path is missing.", 3));

    Map<String, String> samples =
        samples(new Metrics("retail", NOON.plusSeconds(86_400)).text(failed, Optional.of(before)));

    assertEquals("3", samples.get("karat_last_run_exit_code{name=\"retail\"}"));
    assertEquals("1772539200", samples.get("karat_last_run_timestamp_seconds{name=\"retail\"}"));
    assertEquals(
        "1772452800", samples.get("karat_last_success_timestamp_seconds{name=\"retail\"}"));
    assertEquals(
        "1772323200", samples.get("karat_last_success_as_of_timestamp_seconds{name=\"retail\"}"));
    assertEquals("1983", samples.get("karat_customers{name=\"retail\"}"));
    assertFalse(samples.keySet().stream().anyMatch(it -> it.startsWith("karat_stage")));
  }

  @Test
  void withoutAnySuccessNothingIsSaidOfOne() {
    RunReport failed =
        new RunRecord("run", Instant.parse("2026-03-03T12:00:00Z"))
            .report(new RunReport.End("failed", ExitCode.USAGE, "No.", 0));

    String text = METRICS.text(failed, Optional.empty());

    assertFalse(text.contains("karat_last_success"), text);
    assertFalse(text.contains("karat_customers"), text);
  }

  @Test
  void anyNameIsEscapedAndReadBack() {
    Metrics odd = new Metrics("C:\\shop \"a} 7\"\nb", NOON);
    String text = odd.text(published(), Optional.empty());
    RunReport failed =
        new RunRecord("run", Instant.parse("2026-03-03T12:00:00Z"))
            .report(new RunReport.End("failed", ExitCode.INPUT, "No.", 0));

    assertTrue(text.contains("{name=\"C:\\\\shop \\\"a} 7\\\"\\nb\"} 1983\n"), text);
    assertEquals(
        "1983",
        samples(odd.text(failed, Optional.of(text)))
            .get("karat_customers{name=\"C:\\\\shop \\\"a} 7\\\"\\nb\"}"));
  }

  @Test
  void theDocumentsExplainEveryMetricAndNoOther() throws IOException {
    Pattern name = Pattern.compile("karat_[a-z_]+");
    RunRecord night = record();
    InputBalance.Term none = InputBalance.Term.NONE;
    night.update(
        facts ->
            facts.withInputs(
                List.of(
                    new NightFacts.Input(
                        "transactions",
                        1,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new InputBalance(none, none, none, none, none, none, BigDecimal.ZERO),
                        new NightFacts.Reading(0, 0, 0, ""))),
                new NightFacts.SwitchedOff(new TreeMap<>(), new TreeMap<>())));

    assertEquals(
        names(name, METRICS.text(night.report(END), Optional.empty())),
        names(name, Files.readString(Path.of("docs/operations.md"))));
  }

  private static Set<String> names(Pattern name, String text) {
    return name.matcher(text).results().map(MatchResult::group).collect(toCollection(TreeSet::new));
  }

  private static RunReport published() {
    return record().report(END);
  }

  private static RunRecord record() {
    RunRecord record = new RunRecord("run", Instant.parse("2026-03-02T11:59:00Z"));
    record.add(new RunReport.Stage("read inputs", 1.25, OptionalLong.of(39_556)));
    record.add(new RunReport.Stage("commit", 0.5, OptionalLong.empty()));
    record.update(
        facts ->
            facts
                .ofRun(new Run("3f9c0a1b2c3d4e5f", LocalDate.parse("2026-03-01")))
                .withChecks(List.of(check("freshness", true), check("row_count_change", false)))
                .withFigures(NightFigures.of(1_983, List.of(), MovementResult.none()), List.of()));
    return record;
  }

  private static CheckResult check(String name, boolean isMet) {
    return new CheckResult(
        name,
        "transactions",
        "rows",
        Optional.of(BigDecimal.ONE),
        Optional.empty(),
        isMet,
        Severity.WARN,
        new BilingualText("", ""));
  }

  /**
   * The samples of a text by name and labels, after checking the rules of the format: every metric
   * has its help and its type once and before its samples, which stand together and are different.
   */
  private static Map<String, String> samples(String text) {
    Pattern heading = Pattern.compile("# (HELP|TYPE) ([a-z_]+) (\\S.*)");
    Pattern sample =
        Pattern.compile("([a-z_]+)(\\{\\w+=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\"(?:,.*)?}) (\\S+)");
    Map<String, String> samples = new TreeMap<>();
    Set<String> described = new HashSet<>();
    String metric = "";
    assertTrue(text.endsWith("\n"));
    for (String line : text.lines().toList()) {
      Matcher head = heading.matcher(line);
      if (head.matches()) {
        assertTrue(described.add(head.group(1) + head.group(2)), line);
        metric = head.group(2);
      } else {
        Matcher one = sample.matcher(line);
        assertTrue(one.matches(), line);
        assertEquals(metric, one.group(1), line);
        assertTrue(described.contains("HELP" + metric) && described.contains("TYPE" + metric));
        assertEquals(one.group(3), new BigDecimal(one.group(3)).toPlainString());
        assertEquals(null, samples.put(one.group(1) + one.group(2), one.group(3)), line);
      }
    }
    return samples;
  }
}
