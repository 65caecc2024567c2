package io.karat.prediction;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;

import io.karat.indicators.ExtraMeasure;
import io.karat.lifetime.PurchaseForecast;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * The sales of customers after earlier days, and a year before them, as differences of measures up
 * to two days.
 *
 * @param days the horizon
 */
record LaterSales(int days) {
  private static final String OCCASIONS = "sale_occasion_count";
  private static final String SALES = "sales_amount";
  private static final String RETURNS = "return_amount";
  private static final String FIRST = "first_sale_day";
  private static final int YEAR = 365;
  private static final String LATER = "later ";

  /** The measures that everything here is computed from. */
  List<ExtraMeasure> measures() {
    List<ExtraMeasure> measures = new ArrayList<>();
    IntStream.of(0, days, 2 * days, YEAR - days, YEAR, YEAR + days, YEAR + 2 * days)
        .distinct()
        .forEach(
            before -> {
              measures.add(new ExtraMeasure(SALES, before));
              measures.add(new ExtraMeasure(RETURNS, before));
            });
    IntStream.of(0, days, 2 * days)
        .forEach(before -> measures.add(new ExtraMeasure(OCCASIONS, before)));
    measures.add(new ExtraMeasure(FIRST, 0));
    measures.addAll(PurchaseForecast.measures(days));
    return measures.stream().distinct().toList();
  }

  /** The columns of a customer in the names of this class, computed from the measures. */
  List<Column> columns(LocalDate asOf) {
    List<Column> columns = new ArrayList<>(List.of(Columns.column(Columns.CUSTOMER_ID)));
    for (int ago = 0; ago < 2; ago++) {
      int end = ago * days;
      columns.add(occasions(end).minus(occasions(end + days)).as(name(PredictionFit.BOUGHT, ago)));
      columns.add(between(end, end + days).as(name(PredictionFit.NET_SALES, ago)));
      columns.add(lastYear(ago).as(name(PredictionFit.LAST_YEAR, ago)));
    }
    columns.add(lastYear(-1).as(name(PredictionFit.LAST_YEAR, -1)));
    columns.add(Columns.column(new ExtraMeasure(FIRST, 0).column()).as(FIRST));
    PurchaseForecast.numbers(days, asOf)
        .forEach((name, number) -> columns.add(number.as(LATER + name)));
    return columns;
  }

  /** Net sales of the same days a year before a horizon that ended so many horizons ago. */
  private Column lastYear(int ago) {
    int end = YEAR + ago * days;
    return between(end, end + days);
  }

  /**
   * The numbers of a customer by name.
   *
   * @param ago 0 for the horizon that ends on the as-of day, 1 for the one before
   */
  Map<String, Column> numbers(int ago, LocalDate asOf) {
    Map<String, Column> numbers = new LinkedHashMap<>();
    for (String name :
        List.of(PredictionFit.BOUGHT, PredictionFit.NET_SALES, PredictionFit.LAST_YEAR)) {
      numbers.put(name, Columns.column(name(name, ago)));
    }
    if (ago == 0) {
      PurchaseForecast.numbers(days, asOf)
          .keySet()
          .forEach(name -> numbers.put(name, Columns.column(LATER + name)));
    }
    return numbers;
  }

  /** The net sales of last year's same days, for a horizon that ended so many horizons ago. */
  static Column ofLastYear(int ago) {
    return Columns.column(name(PredictionFit.LAST_YEAR, ago));
  }

  static Column firstDay() {
    return Columns.column(FIRST);
  }

  /** The first day of all periods that a factor of the season needs. */
  LocalDate firstNeeded(LocalDate asOf) {
    return asOf.minusDays(YEAR + 2L * days);
  }

  private static String name(String number, int ago) {
    return "%s%s %d".formatted(LATER, number, ago);
  }

  private static Column occasions(int before) {
    return coalesce(Columns.column(new ExtraMeasure(OCCASIONS, before).column()), lit(0));
  }

  private static Column between(int end, int start) {
    return net(end).minus(net(start)).try_cast(DecimalTypes.NUMBER);
  }

  private static Column net(int before) {
    return amount(SALES, before).minus(amount(RETURNS, before));
  }

  private static Column amount(String measure, int before) {
    return coalesce(
        Columns.column(new ExtraMeasure(measure, before).column()).cast("decimal(28,6)"), lit(0));
  }
}
