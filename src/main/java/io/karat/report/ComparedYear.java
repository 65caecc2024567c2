package io.karat.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The 365 days up to an earlier night, with whose sums those of a night are compared. */
record ComparedYear(ReportData brief, LocalDate night) {
  /** What run_report.json says of transactions. */
  static final String SALES = "/inputs/transactions";

  private static final int DAYS = 365;

  /**
   * How many of the days have data, in a sentence: what is added up over them grows merely because
   * days pass. Empty if all have, or if it is not known.
   */
  Optional<String> uncovered() {
    return Optional.of(brief.run().at(SALES).path("first_day").asText())
        .filter(day -> !day.isEmpty())
        .map(LocalDate::parse)
        .filter(night.minusDays(DAYS - 1)::isBefore)
        .map(
            first ->
                brief.say(
                    "finding.uncovered",
                    first,
                    ChronoUnit.DAYS.between(first, night) + 1,
                    DAYS,
                    night));
  }
}
