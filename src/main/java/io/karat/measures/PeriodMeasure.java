package io.karat.measures;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * A measure over the days of a period: mergeable parts per customer, and the result.
 *
 * @param column the name of the result
 * @param first the first of its parts in an entry
 */
record PeriodMeasure(CompiledMeasure measure, Period period, String column, int first) {
  List<String> partNames() {
    return measure.partNames().stream().map(part -> part + "__" + period.suffix()).toList();
  }

  /** The result of merged parts. */
  Column result() {
    return measure.accumulation().result(partNames().stream().map(functions::col).toList());
  }
}
