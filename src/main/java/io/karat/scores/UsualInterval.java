package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.RankedPopulation;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * Interval at which a customer usually buys: the average one between days with a sale, or the
 * median of repeat customers for a customer with a single day.
 *
 * @param median of repeat customers; empty if there are none
 */
record UsualInterval(Optional<BigDecimal> median) {
  /** The indicator of the own interval, known of repeat customers. */
  static final String OWN = "average_transaction_interval_days_lifetime";

  static final String COLUMN = "usual_interval_days";

  /** The interval in days; null without a sale, or if nobody has bought on two days. */
  Column days() {
    Column own = Columns.column(OWN);
    Column usual = median.map(it -> coalesce(own, lit(it))).orElse(own);
    return when(Populations.isRanked(RankedPopulation.BUYERS), usual).cast(DecimalTypes.RATIO);
  }
}
