package io.karat.indicators;

import io.karat.measures.Measure;
import io.karat.measures.Period;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A built-in measure over everything up to a day, computed beside those of the indicators.
 *
 * @param measure the name
 * @param daysBefore the number of days from that day to the as-of day
 */
public record ExtraMeasure(String measure, int daysBefore) {
  /** The column of the result, see {@link Measure.Use#column}. */
  public String column() {
    return measure + "_" + suffix();
  }

  private String suffix() {
    return daysBefore == 0 ? "lifetime" : "lifetime_before_%dd".formatted(daysBefore);
  }

  Period period(LocalDate asOf) {
    return daysBefore == 0
        ? Period.lifetime(asOf)
        : new Period(suffix(), Optional.empty(), asOf.minusDays(daysBefore), asOf);
  }
}
