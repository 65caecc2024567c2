package io.karat.explain;

import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorFormula;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Indicator of a customer with the operands from which it was computed.
 *
 * @param value the published value; empty if it is unknown
 * @param formula the expression as it was written
 * @param operands the values of the names in the formula, in the formula's order
 */
public record ExplainedIndicator(
    IndicatorColumn column,
    Optional<Object> value,
    String formula,
    Map<String, Optional<Object>> operands) {
  public ExplainedIndicator {
    operands = Collections.unmodifiableMap(new LinkedHashMap<>(operands));
  }

  static ExplainedIndicator of(IndicatorFormula formula, Row indicators, Row operands) {
    Map<String, Optional<Object>> byWord = new LinkedHashMap<>();
    for (String word : formula.words()) {
      byWord.put(word, DisclosedValue.of(operands, formula.operand(word), formula.uses()));
    }
    return new ExplainedIndicator(
        formula.column(),
        DisclosedValue.of(indicators, formula.column().name(), formula.uses()),
        formula.sql(),
        byWord);
  }
}
