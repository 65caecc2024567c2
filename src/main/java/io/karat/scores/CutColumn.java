package io.karat.scores;

import io.karat.settings.Models;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;

/**
 * An indicator or score with cut points, and the column of {@code customer_value} that tells
 * between which of them it lies.
 *
 * @param indicator what has cut points
 * @param column says in a word or number between which of them it lies
 * @param cut where that column is the score itself: its only cut
 */
public record CutColumn(String indicator, String column, Optional<BigDecimal> cut) {
  /** What has cut points in some models: what classes, quadrants and bins go by. */
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
   * Between which cut points a customer is.
   *
   * @param value the value of {@link #column}
   */
  public Column side(Column value) {
    return cut.map(value::geq).orElse(value);
  }
}
