package io.karat.lifetime;

import io.karat.indicators.ExtraMeasure;
import io.karat.settings.LifetimeSettings.Occasion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers of back-tests, at most 200,000 of them: their purchases up to the day before a
 * holdout, and those in it. Counts and sums of a day do not depend on other days, so the holdout is
 * the difference of the measures at its end and before it. An earlier holdout, on which a model is
 * chosen, is as long and ends where the last begins; at most 50,000 customers choose.
 *
 * @param judged the full forms of the models that are judged on the last holdout
 */
record HoldoutRows(Occasion occasion, LocalDate asOf, int days, List<PurchaseForm> judged) {
  private static final int OF_BUYER = 7;
  private static final int OF_HOLDOUT = OF_BUYER + 3;

  /**
   * Both back-tests, from one reading of the inputs.
   *
   * @param choice the forms to choose from; empty if there is nothing to choose
   */
  BackTests backTests(LifetimeFit.Remeasured inputs, long customers, List<PurchaseForm> choice) {
    List<PurchaseColumns> ends =
        IntStream.rangeClosed(0, choice.isEmpty() ? 1 : 2)
            .mapToObj(i -> new PurchaseColumns(occasion, i * days))
            .toList();
    List<ExtraMeasure> measures = ends.stream().flatMap(it -> it.measures().stream()).toList();
    Dataset<Row> buyers =
        inputs.measures(measures).filter(ends.get(0).isBuyer().and(FitData.isSampled(customers)));
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i < ends.size(); i++) {
      columns.addAll(holdout(ends.get(i - 1), ends.get(i)));
    }
    columns.add(FitData.isChoosing(customers));
    List<Row> rows = buyers.select(columns.toArray(Column[]::new)).collectAsList();
    int last = columns.size() - 1;
    return new BackTests(
        choice.isEmpty()
            ? Optional.empty()
            : backTest(
                rows.stream().filter(row -> row.getBoolean(last)).toList(), OF_HOLDOUT, choice),
        backTest(rows, 0, judged));
  }

  private List<Column> holdout(PurchaseColumns end, PurchaseColumns before) {
    List<Column> columns = new ArrayList<>(Arrays.asList(FitData.all(before, asOf)));
    columns.add(end.occasions().minus(before.occasions()));
    columns.add(end.spendSince(before));
    columns.add(before.isBuyer());
    return columns;
  }

  /** The back-test of the columns from {@code first} on. */
  private Optional<BackTest> backTest(List<Row> rows, int first, Collection<PurchaseForm> forms) {
    List<HoldoutCustomer> known = new ArrayList<>();
    long bornLater = 0;
    for (Row row : rows) {
      int next = first + OF_BUYER;
      if (row.getBoolean(next + 2)) {
        known.add(
            new HoldoutCustomer(
                FitData.buyer(row, first), row.getLong(next), row.getDouble(next + 1)));
      } else if (row.getLong(next) > 0) {
        bornLater++;
      }
    }
    return known.size() < LifetimeFit.FEWEST_REPEATERS
        ? Optional.empty()
        : BackTest.of(known, bornLater, days, forms);
  }
}
