package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.karat.settings.OneOffSettings;
import io.karat.tables.Columns;
import org.apache.spark.sql.Column;

/** The flag of customers who are large only by one or two sales of long ago. */
final class OneOffRule {
  private OneOffRule() {}

  /**
   * True if the two largest sales make most of net sales and the last sale is long ago; never null.
   */
  static Column flag(OneOffSettings ticket) {
    Column net = Columns.column(OneOffSettings.NET_SALES);
    Column isMost =
        Columns.column(OneOffSettings.TWO_LARGEST).geq(net.multiply(lit(ticket.share())));
    Column isQuiet = Columns.column(OneOffSettings.RECENCY).geq(ticket.quietDays());
    return coalesce(net.gt(0).and(isMost).and(isQuiet), lit(false));
  }
}
