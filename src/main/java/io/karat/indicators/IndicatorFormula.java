package io.karat.indicators;

import io.karat.measures.Measure;
import java.util.List;

/**
 * How a column of {@code customer_indicators} is computed, so that it can be recomputed by hand.
 *
 * @param sql the expression as it was written
 * @param words the names in it, each once, in their order
 * @param uses the measures behind it, also those behind other indicators that it names
 */
public record IndicatorFormula(
    IndicatorColumn column, String sql, List<String> words, List<Measure.Use> uses) {
  public IndicatorFormula {
    words = List.copyOf(words);
    uses = List.copyOf(uses);
  }

  /** The column of {@link IndicatorPlan#operands} that holds what a word stands for. */
  public String operand(String word) {
    return column.name() + " " + word;
  }
}
