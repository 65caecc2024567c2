package io.karat.explain;

import io.karat.measures.Measure;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Measure of a customer over the days of a period.
 *
 * @param value empty if it is unknown
 */
public record ExplainedMeasure(Measure.Use use, Optional<Object> value) {
  static ExplainedMeasure of(Measure.Use use, Row measures) {
    return new ExplainedMeasure(use, DisclosedValue.of(measures, use.column(), List.of(use)));
  }
}
