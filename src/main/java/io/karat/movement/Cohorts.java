package io.karat.movement;

import static java.util.stream.Collectors.groupingBy;

import io.karat.state.CohortMonth;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of the table {@code cohorts}: each cohort in every month up to that of the as-of day. */
public final class Cohorts {
  private static final int MONTHS = 12;

  private Cohorts() {}

  /**
   * The rows of the table, by cohort and months since.
   *
   * @param sales the months with sales or returns, in any order
   */
  public static List<Row> rows(List<CohortMonth> sales, LocalDate asOf) {
    SortedMap<Integer, List<CohortMonth>> cohorts =
        new TreeMap<>(sales.stream().collect(groupingBy(CohortMonth::cohort)));
    List<Row> rows = new ArrayList<>();
    cohorts.forEach((cohort, months) -> rows.addAll(rows(month(cohort), months, asOf)));
    return rows;
  }

  private static List<Row> rows(YearMonth cohort, List<CohortMonth> sales, LocalDate asOf) {
    Map<Integer, CohortMonth> bySince = new HashMap<>();
    sales.forEach(month -> bySince.put(month.since(), month));
    long customers = retained(Optional.ofNullable(bySince.get(0)));
    BigDecimal toDate = BigDecimal.ZERO;
    List<Row> rows = new ArrayList<>();
    int since = 0;
    for (YearMonth month = cohort;
        !month.isAfter(YearMonth.from(asOf));
        month = month.plusMonths(1)) {
      Optional<CohortMonth> found = Optional.ofNullable(bySince.get(since));
      long retained = retained(found);
      BigDecimal net = found.map(CohortMonth::netSales).orElse(BigDecimal.ZERO);
      toDate = toDate.add(net);
      rows.add(
          RowFactory.create(
              Date.valueOf(cohort.atDay(1)),
              since,
              Date.valueOf(month.atDay(1)),
              !month.atEndOfMonth().isAfter(asOf),
              customers,
              retained,
              share(retained, customers),
              MovementTables.amount(net),
              MovementTables.amount(toDate)));
      since++;
    }
    return rows;
  }

  private static long retained(Optional<CohortMonth> month) {
    return month.map(CohortMonth::retained).orElse(0L);
  }

  private static BigDecimal share(long retained, long customers) {
    return BigDecimal.valueOf(retained)
        .divide(BigDecimal.valueOf(customers), DecimalTypes.SHARE.scale(), RoundingMode.HALF_UP);
  }

  /** The month of a number: 12 times the year plus the month. */
  private static YearMonth month(int number) {
    return YearMonth.of(Math.floorDiv(number - 1, MONTHS), Math.floorMod(number - 1, MONTHS) + 1);
  }
}
