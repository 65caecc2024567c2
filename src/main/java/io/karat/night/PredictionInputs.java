package io.karat.night;

import io.karat.indicators.ExtraMeasure;
import io.karat.indicators.IndicatorColumn;
import io.karat.prediction.PredictionFit;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Customers as they were known on earlier days, read again from the sources of a night: events up
 * to that day, tables without time as they are now. Fits are rare.
 */
record PredictionInputs(
    NightPlan plan, List<NightSource> sources, LocalDate asOf, SparkSession spark)
    implements PredictionFit.PastInputs {
  PredictionInputs {
    sources = List.copyOf(sources);
  }

  @Override
  public Dataset<Row> indicators(LocalDate day, List<String> names) {
    List<IndicatorColumn> columns =
        names.stream().map(name -> plan.indicators().column(name).orElseThrow()).toList();
    NightPlan only = plan.with(plan.indicators().only(columns));
    Dataset<Row> customers = InputReading.of(only, sources, day, spark).customers();
    return only.indicators().compute(customers, day);
  }

  @Override
  public Dataset<Row> measures(List<ExtraMeasure> measures) {
    return new LifetimeInputs(plan, sources, asOf, spark).measures(measures);
  }
}
