package io.karat.night;

import io.karat.indicators.ExtraMeasure;
import io.karat.lifetime.LifetimeFit;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures of purchases for a fit of the lifetime value model, read again from transactions alone.
 * Fits are rare.
 */
public record LifetimeInputs(
    NightPlan plan, List<NightSource> sources, LocalDate asOf, SparkSession spark)
    implements LifetimeFit.Remeasured {
  public LifetimeInputs {
    sources = List.copyOf(sources);
  }

  @Override
  public Dataset<Row> measures(List<ExtraMeasure> measures) {
    List<NightSource> needed =
        sources.stream()
            .filter(
                source ->
                    source.table() == InputTable.TRANSACTIONS
                        || source.table() == InputTable.ALIASES)
            .toList();
    NightPlan only = plan.with(plan.indicators().onlyMeasuring(measures));
    return InputReading.of(only, needed, sources, asOf, spark).measures();
  }
}
