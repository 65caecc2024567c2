package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.report.HeadlineSection.Change;
import io.karat.scores.ScoreColumns;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of changes of the value at risk, which was 200 EUR a month ago and is 140 EUR at rates of
 * 80 and 1.5 percent.
 */
class FigureRulesTest {
  private static final String RATES = "net_sales_amount_365d 0.800 0.015";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EN | net_sales_amount_365d 0.800 0.015 | down better | −60 EUR (−30.0 %) since 2026-01-30",
        "EN | net_sales_amount_365d 0.810 0.015 | down | −60 EUR (−30.0 %) since 2026-01-30; the churn rates changed",
        "ZH | profit_365d 0.800 0.015 | down | 较 2026-01-30 −60 EUR（−30.0%）；流失率已更新",
        "EN | '' | down better | −60 EUR (−30.0 %) since 2026-01-30",
      })
  void aChangeByOtherRatesIsNoImprovement(
      Language language, String rates, String direction, String words) {
    ReportData brief = HandMadeFigures.brief(language, HandMadeFigures.ALL);
    KeptFigures.Figure then =
        new KeptFigures.Figure(
            "card.at_risk",
            ScoreColumns.VALUE_AT_RISK,
            true,
            BigDecimal.valueOf(200),
            Optional.of(rates).filter(it -> !it.isEmpty()));
    FigureHistory history =
        new FigureHistory(
            brief,
            List.of(new KeptFigures(LocalDate.parse("2026-01-30"), List.of(then), List.of(), 0)));

    List<Change> changes =
        history.sincePeriods(
            ScoreColumns.VALUE_AT_RISK, BigDecimal.valueOf(140), brief.numbers()::wholeMoney);

    assertEquals(Optional.of(RATES), new FigureRules(brief).of(ScoreColumns.VALUE_AT_RISK));
    assertEquals(1, changes.size());
    assertEquals(direction, changes.get(0).direction());
    assertEquals(words, changes.get(0).text().replace('\u00a0', ' '));
  }
}
