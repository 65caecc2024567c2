package io.karat.lifetime;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.indicators.ExtraMeasure;
import io.karat.settings.LifetimeSettings.Occasion;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * Measures of customers up to a day, and the inputs of models computed from them.
 *
 * @param daysBefore the number of days from that day to the as-of day
 */
record PurchaseColumns(Occasion occasion, int daysBefore) {
  /** The measures, for the plan of a night. */
  List<ExtraMeasure> measures() {
    return Stream.of(count(), first(), last(), days(), total(), firstTotal()).distinct().toList();
  }

  private ExtraMeasure count() {
    return of("sale_occasion_count", "net_occasion_count");
  }

  private ExtraMeasure first() {
    return of("first_sale_day", "first_net_day");
  }

  private ExtraMeasure last() {
    return of("last_sale_day", "last_net_day");
  }

  private ExtraMeasure days() {
    return of("sale_spend_day_count", "net_occasion_count");
  }

  private ExtraMeasure total() {
    return of("sale_spend_amount", "net_spend_amount");
  }

  private ExtraMeasure firstTotal() {
    return of("first_sale_spend_amount", "first_net_spend_amount");
  }

  private ExtraMeasure of(String ofSales, String ofNet) {
    return new ExtraMeasure(
        switch (occasion) {
          case SALE -> ofSales;
          case POSITIVE_NET -> ofNet;
        },
        daysBefore);
  }

  /** Whether the customer has an occasion. */
  Column isBuyer() {
    return occasions().gt(0);
  }

  Column occasions() {
    return value(count());
  }

  Column repeats() {
    return occasions().minus(1);
  }

  Column lastDays() {
    return datediff(value(last()), value(first()));
  }

  Column ageDays(LocalDate asOf) {
    return datediff(lit(asOf.minusDays(daysBefore)), value(first()));
  }

  Column spendDays() {
    return value(days());
  }

  Column spend() {
    return value(total()).cast("double");
  }

  /** The spend since an earlier day. */
  Column spendSince(PurchaseColumns earlier) {
    return value(total()).minus(value(earlier.total())).cast("double");
  }

  Column repeatSpendDays() {
    return spendDays().minus(when(value(firstTotal()).gt(0), lit(1)).otherwise(lit(0)));
  }

  /** The spend without the first occasion, subtracted as decimals before it becomes a double. */
  Column repeatSpend() {
    return value(total()).minus(value(firstTotal())).cast("double");
  }

  private static Column value(ExtraMeasure measure) {
    return col(measure.column());
  }
}
