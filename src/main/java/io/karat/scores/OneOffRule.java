package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.OneOffSettings;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Flag of customers who were large only by one or two sales of long ago.
 *
 * @param size the least amount of the two largest sales; nobody is flagged if it is empty
 * @param interval the median interval of repeat customers
 */
record OneOffRule(OneOffSettings ticket, Optional<BigDecimal> size, UsualInterval interval) {
  /**
   * True if the two largest sales are large, make most of net sales, and the last sale is long ago;
   * never null.
   */
  Column flag() {
    if (size.isEmpty()) {
      return lit(false);
    }

    Column net = Columns.column(OneOffSettings.NET_SALES);
    Column largest = Columns.column(OneOffSettings.TWO_LARGEST);
    Column isMost = largest.geq(net.multiply(lit(ticket.share())));
    Column isQuiet = Columns.column(OneOffSettings.RECENCY).geq(quietDays());
    return coalesce(
        net.gt(0).and(largest.geq(lit(size.get()))).and(isMost).and(isQuiet), lit(false));
  }

  /** The day from which on the last sale was long ago; null for customers without the flag. */
  Column since() {
    return when(flag(), date_add(Columns.column(OneOffSettings.LAST_SALE), quietDays()));
  }

  /** The fewest days without a sale. */
  int quietDays() {
    int days =
        interval
            .median()
            .map(it -> it.multiply(ticket.quietIntervals()).setScale(0, RoundingMode.CEILING))
            .map(BigDecimal::intValueExact)
            .orElse(0);
    return Math.max(ticket.quietDays(), days);
  }
}
