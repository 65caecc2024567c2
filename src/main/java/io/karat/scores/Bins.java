package io.karat.scores;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Bins of a column by rising cut points: the bin of a value is 1 plus the number of cuts that are
 * not above it, numbered in reverse if lower is better, so that 1 is always the worst. An unknown
 * value is in bin 1.
 *
 * @param column the values
 * @param cuts rising, one fewer than bins; fewer if there were no customers to fit them on
 */
record Bins(String column, int bins, List<BigDecimal> cuts, Better better) {
  Bins {
    cuts = List.copyOf(cuts);
  }

  /** The bin of a customer, as an {@code int}. */
  Column bin() {
    Column value = Columns.column(column);
    Column bin = lit(1);
    for (BigDecimal cut : cuts) {
      bin = bin.plus(when(value.geq(lit(cut)), lit(1)).otherwise(0));
    }
    Column turned = better == Better.HIGHER ? bin : lit(bins + 1).minus(bin);
    return when(value.isNull(), lit(1)).otherwise(turned);
  }

  /** The same bins with every cut moved up by a share of it; down if the share is negative. */
  Bins moved(BigDecimal share) {
    return new Bins(
        column,
        bins,
        cuts.stream().map(cut -> cut.add(cut.abs().multiply(share))).toList(),
        better);
  }

  /** The lower end of a bin, which belongs to it; empty if the bin is open below. */
  Optional<BigDecimal> from(int bin) {
    return cut(raw(bin) - 2);
  }

  /** The upper end of a bin, which no longer belongs to it; empty if the bin is open above. */
  Optional<BigDecimal> to(int bin) {
    return cut(raw(bin) - 1);
  }

  private int raw(int bin) {
    return better == Better.HIGHER ? bin : bins + 1 - bin;
  }

  private Optional<BigDecimal> cut(int place) {
    return place >= 0 && place < cuts.size() ? Optional.of(cuts.get(place)) : Optional.empty();
  }
}
