package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.karat.settings.BigTicket;
import io.karat.tables.Columns;
import org.apache.spark.sql.Column;

/** Whether a customer is large by one or two sales of long ago. */
final class OneOff {
  private OneOff() {}

  /** The two largest sales make most of what is left of all, and there was none for long. */
  static Column flag(BigTicket ticket) {
    Column net = Columns.column(BigTicket.NET_SALES);
    Column isMost = Columns.column(BigTicket.TWO_LARGEST).geq(net.multiply(lit(ticket.share())));
    Column isQuiet = Columns.column(BigTicket.RECENCY).geq(ticket.quietDays());
    return coalesce(net.gt(0).and(isMost).and(isQuiet), lit(false));
  }
}
