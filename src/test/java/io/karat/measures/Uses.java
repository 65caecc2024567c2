package io.karat.measures;

import io.karat.expressions.RowExpression;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** Factory of measures written as briefly as in a configuration. */
final class Uses {
  private Uses() {}

  /**
   * A measure over a period.
   *
   * @param aggregate {@code sum amount} or {@code count 1 where type = 'SALE'}
   */
  static Measure.Use use(String name, Per per, String aggregate, Period period) {
    String[] parts = aggregate.split(" where ", 2);
    String[] words = parts[0].split(" ", 2);
    return new Measure.Use(
        new Measure(
            name,
            MeasureSource.TRANSACTIONS,
            per,
            Over.WINDOW,
            parts.length == 1 ? Optional.empty() : Optional.of(RowExpression.parse(parts[1])),
            Aggregate.valueOf(words[0].toUpperCase(Locale.ROOT)),
            RowExpression.parse(words[1])),
        period);
  }

  static Period lifetime(String asOf) {
    return Period.lifetime(LocalDate.parse(asOf));
  }

  static Period lastDays(int days, String asOf) {
    return Period.lastDays(days, LocalDate.parse(asOf));
  }
}
