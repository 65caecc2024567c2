package io.karat.indicators;

import io.karat.measures.Measure;
import java.util.List;

/**
 * The formula of a column of {@code customer_indicators}, for recomputing it by hand.
 *
 * @param sql the expression as it was written
 * @param words the names in it, each once, in their order
 * @param uses the measures behind it, including those behind other indicators that it names
 */
public record IndicatorFormula(
    IndicatorColumn column, String sql, List<String> words, List<Measure.Use> uses) {
  public IndicatorFormula {
    words = List.copyOf(words);
    uses = List.copyOf(uses);
  }

  /** The column of {@link IndicatorPlan#operands} with the value of a word. */
  public String operand(String word) {
    return column.name() + " " + word;
  }
}
