package io.karat.lifetime;

import io.karat.indicators.ExtraMeasure;
import io.karat.settings.LifetimeSettings.Occasion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers of a back-test, at most 200,000 of them: their purchases up to the day before the
 * holdout, and those in it. Counts and sums of a day do not depend on other days, so the holdout is
 * the difference of the measures at its end and before it.
 */
record HoldoutRows(Occasion occasion, LocalDate asOf, int days) {
  private static final int OF_BUYER = 7;

  Optional<BackTest> backTest(LifetimeFit.Remeasured inputs, long customers) {
    PurchaseColumns now = new PurchaseColumns(occasion, 0);
    PurchaseColumns before = new PurchaseColumns(occasion, days);
    List<ExtraMeasure> measures =
        Stream.concat(now.measures().stream(), before.measures().stream()).toList();
    Dataset<Row> buyers =
        inputs.measures(measures).filter(now.isBuyer().and(FitData.isSampled(customers)));
    List<Column> columns = new ArrayList<>(Arrays.asList(FitData.all(before, asOf)));
    columns.add(now.occasions().minus(before.occasions()).as("bought"));
    columns.add(now.spendSince(before).as("sales"));
    columns.add(before.isBuyer().as("is_known"));

    List<HoldoutCustomer> judged = new ArrayList<>();
    long bornLater = 0;
    for (Row row : buyers.select(columns.toArray(Column[]::new)).collectAsList()) {
      if (row.getBoolean(OF_BUYER + 2)) {
        judged.add(
            new HoldoutCustomer(
                FitData.buyer(row), row.getLong(OF_BUYER), row.getDouble(OF_BUYER + 1)));
      } else {
        bornLater++;
      }
    }
    return judged.size() < LifetimeFit.FEWEST_REPEATERS
        ? Optional.empty()
        : BackTest.of(judged, bornLater, days);
  }
}
