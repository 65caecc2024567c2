package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.night.NightResult;
import io.karat.publishing.UsedModel;
import io.karat.publishing.UsedModel.Origin;
import io.karat.quality.CheckResult;
import io.karat.report.Finding;
import io.karat.report.NightFacts;
import io.karat.report.NightFigures;
import io.karat.report.NightFigures.Level;
import io.karat.report.NightFigures.Since;
import io.karat.run.Run;
import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Severity;
import io.karat.settings.Output.Report;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NightSummaryTest {
  private static final LocalDate NIGHT = LocalDate.parse("2026-03-02");
  private static final NightFigures FIGURES =
      new NightFigures(
          1_983,
          List.of(
              new Level("customer_class", "LARGE", 310, 2, 0),
              new Level("customer_class", "SMALL", 1_673, 0, 1),
              new Level("worth_tier", "TOP", 20, 1, 0)),
          Optional.of(new Since(NIGHT.minusDays(1), 2, 1)));

  private final Transcript transcript = new Transcript(false);

  @Test
  void namesCustomersLevelsMoversChecksModelsAndWhereToLook() {
    new NightSummary(
            night(true, Optional.of(FIGURES), check(true), check(false), check(false)),
            Optional.empty())
        .line("Tables", "out/releases/3f9c/<table>/*.parquet")
        .show(transcript.console());

    assertEquals(
        """
        model           level  customers  risen  fallen
        --------------  -----  ---------  -----  ------
        customer_class  LARGE        310      2       0
                        SMALL      1,673      0       1
        worth_tier      TOP           20      1       0
        Customers  1,983: 2 new and 1 left since the night of 2026-03-01
        Checks     1 passed, 2 warnings: unique
        Models     cuts 0a1b2c3d4e5f (first run), segments 5b4b1fb51004 (accepted)
        Tables     out/releases/3f9c/<table>/*.parquet
        """,
        transcript.results());
  }

  @Test
  void aFirstNightHasNobodyToCompareWith() {
    NightFigures first =
        new NightFigures(7, List.of(new Level("worth_tier", "TOP", 2, 0, 0)), Optional.empty());

    new NightSummary(night(true, Optional.of(first), check(true)), Optional.empty())
        .show(transcript.console());

    assertEquals(
        """
        model       level  customers  risen  fallen
        ----------  -----  ---------  -----  ------
        worth_tier  TOP            2
        Customers  7
        Checks     1 passed, no warnings
        Models     cuts 0a1b2c3d4e5f (first run), segments 5b4b1fb51004 (accepted)
        """,
        transcript.results());
  }

  @Test
  void aNightThatIsUnchangedHadItsChecksThen() {
    new NightSummary(night(false, Optional.empty()), Optional.empty()).show(transcript.console());

    assertEquals(
        "Models     cuts 0a1b2c3d4e5f (first run), segments 5b4b1fb51004 (accepted)\n",
        transcript.results());
  }

  @Test
  void findingsComeFirstWithNamesAsFarAsTheyMayBeShown() {
    NightResult night = found(night(false, Optional.empty()));

    assertEquals(
        "1. 2 customers owe 900 EUR. Not compared. Largest: Ann Ltd, c2.",
        firstLine(night, true, true));
    assertEquals(
        "1. 2 customers owe 900 EUR. Not compared. Largest: c1, c2.",
        firstLine(night, true, false));
    assertEquals("1. 2 customers owe 900 EUR. Not compared.", firstLine(night, false, true));
  }

  private static String firstLine(NightResult night, boolean ids, boolean names) {
    Transcript transcript = new Transcript(false);
    new NightSummary(night, Optional.of(new Report(ids, names, 0))).show(transcript.console());
    return transcript.results().lines().findFirst().orElseThrow();
  }

  private static NightResult found(NightResult night) {
    Finding finding =
        new Finding(
            "OVERDUE",
            "",
            2,
            new BigDecimal("900"),
            false,
            "SELECT 1",
            List.of("c1", "c2"),
            List.of("Ann Ltd", "c2"),
            new BilingualText("2 customers owe 900\u00a0EUR.", ""),
            new BilingualText("Not compared.", ""));
    return new NightResult(
        night.facts().withFindings(List.of(finding)), night.path(), false, true, List.of());
  }

  private static NightResult night(
      boolean isNew, Optional<NightFigures> figures, CheckResult... checks) {
    NightFacts facts =
        NightFacts.NONE
            .ofRun(new Run("3f9c", NIGHT))
            .withChecks(List.of(checks))
            .withFigures(figures)
            .withTables(
                new TreeMap<>(),
                new TreeMap<>(
                    Map.of(
                        "cuts", new UsedModel("0a1b2c3d4e5f", Origin.FIRST_RUN),
                        "segments", new UsedModel("5b4b1fb51004", Origin.ACCEPTED))));
    return new NightResult(facts, "releases/3f9c/1-0a1b2c3d", isNew, true, List.of());
  }

  private static CheckResult check(boolean isMet) {
    return new CheckResult(
        "unique",
        "transactions",
        "repeated_keys",
        Optional.empty(),
        Optional.empty(),
        isMet,
        Severity.WARN,
        new BilingualText("", ""));
  }
}
