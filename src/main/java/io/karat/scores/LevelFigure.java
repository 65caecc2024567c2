package io.karat.scores;

import static org.apache.spark.sql.functions.round;

import io.karat.tables.Columns;
import io.karat.tables.ExactSum;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StructType;

/** Figures of customers that every table of levels adds up, if their inputs are mapped. */
public enum LevelFigure {
  SALES(ScorePlan.SALES),
  PROFIT("profit_365d"),
  SERVICE_COST("service_cost_365d"),
  OPEN_COMPLAINTS("open_complaint_count"),
  RESOLVED_COMPLAINTS("resolved_complaint_count_365d"),
  /** Of the resolved complaints, so that a mean of customers becomes one of complaints. */
  RESOLUTION_DAYS("complaint_resolution_days_365d"),
  WON_BACK("won_back_count_365d");

  private final String indicator;

  LevelFigure(String indicator) {
    this.indicator = indicator;
  }

  /** The column of {@code customer_indicators}. */
  public String indicator() {
    return indicator;
  }

  /** The figures whose columns are among some. */
  public static Set<LevelFigure> among(Collection<String> columns) {
    Set<LevelFigure> figures = EnumSet.noneOf(LevelFigure.class);
    for (LevelFigure figure : values()) {
      if (columns.contains(figure.indicator)) {
        figures.add(figure);
      }
    }
    return figures;
  }

  /** The name of a column with what customers add, which no table has. */
  String added() {
    return "sum of " + indicator;
  }

  /** The sum over customers with the columns of a frame. */
  public ExactSum sum(StructType types) {
    return this == RESOLUTION_DAYS ? new ExactSum(days(), 0) : ExactSum.of(types, indicator);
  }

  /** The whole days of a customer, whose mean was rounded. */
  private Column days() {
    Column mean = Columns.column(indicator).cast("decimal(18,6)");
    Column complaints = Columns.column(RESOLVED_COMPLAINTS.indicator).cast("decimal(18,0)");
    return round(mean.multiply(complaints)).cast("bigint");
  }
}
