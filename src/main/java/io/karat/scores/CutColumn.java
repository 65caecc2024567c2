package io.karat.scores;

import io.karat.settings.Models;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * An indicator or score with cut points, and the column of {@code customer_value} that tells
 * between which of them a customer is.
 *
 * @param indicator the column that has cut points
 * @param column the class or bin, or the score itself
 * @param cut the only cut point, if {@code column} is the score itself; else empty
 */
public record CutColumn(String indicator, String column, Optional<BigDecimal> cut) {
  /** The cut columns of the classifications, the scorecard and RFM, in this order. */
  public static List<CutColumn> of(Models models) {
    List<CutColumn> boundaries = new ArrayList<>();
    models.classifications().forEach(it -> boundaries.add(of(it.by(), it.name())));
    models
        .scorecard()
        .ifPresent(
            it -> {
              boundaries.add(of(ScoreColumns.CURRENT_VALUE, it.current()));
              boundaries.add(of(ScoreColumns.POTENTIAL_VALUE, it.potential()));
            });
    models
        .rfm()
        .ifPresent(
            it ->
                CutDefinitions.axes(it)
                    .forEach(axis -> boundaries.add(of(axis.settings().indicator(), axis.bin()))));
    return boundaries;
  }

  private static CutColumn of(String indicator, String column) {
    return new CutColumn(indicator, column, Optional.empty());
  }

  private static CutColumn of(String score, BigDecimal cut) {
    return new CutColumn(score, score, Optional.of(cut));
  }

  /**
   * The side of the cut points on which a customer is: the class or bin, or for a score whether its
   * cut is reached.
   *
   * @param value the value of {@link #column}
   */
  public Column side(Column value) {
    return cut.map(value::geq).orElse(value);
  }
}
