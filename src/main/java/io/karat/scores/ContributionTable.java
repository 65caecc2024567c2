package io.karat.scores;

import io.karat.engine.UnscaledDecimals;
import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table {@code value_contributions}: one row per customer with a column of points for each
 * model and indicator, {@code <model>__<indicator>}. The points of a model add up to its score. Of
 * indicators with a target, the table has the value and the target too.
 */
public record ContributionTable(ScorePlan plan) {
  public static final String NAME = "value_contributions";

  /** Stands between model and indicator in the name of a column. */
  public static final String OF = "__";

  /** Stands for the points that are taken away from a score beyond 100. */
  private static final String LIMIT = "points_above_100";

  /**
   * The contract of the table.
   *
   * @param more columns of contributions to models that are no scores
   */
  public TableContract contract(List<ColumnContract> more) {
    List<ColumnContract> columns = new ArrayList<>();
    for (WeightedScore score : scores().all().values()) {
      score.parts().forEach(part -> columns.addAll(column(score.name(), part.indicator())));
      columns.addAll(
          TableDefinitions.part(
              "contribution_limit", Map.of("model", score.name(), "of", OF, "limit", LIMIT)));
    }
    axes().forEach(axis -> columns.addAll(column(Contributions.RFM, axis.settings().indicator())));
    columns.addAll(more);
    columns.addAll(new TargetColumns(plan).contracts());
    return TableDefinitions.table(NAME, columns);
  }

  private static List<ColumnContract> column(String model, String indicator) {
    return TableDefinitions.part(
        "contribution", Map.of("model", model, "of", OF, "indicator", indicator));
  }

  /**
   * The rows of the table; none if nothing contributes to anything.
   *
   * @param scored customers with the points of all scores, see {@link Scores#scored}
   * @param fitted the cuts, of which some are targets
   * @param more the columns of {@code scored} that have the contributions to other models
   */
  Dataset<Row> rows(Dataset<Row> scored, FittedCuts fitted, List<Column> more) {
    List<Column> columns = new ArrayList<>(List.of(Columns.column(Columns.CUSTOMER_ID)));
    for (WeightedScore score : scores().all().values()) {
      score
          .parts()
          .forEach(
              part ->
                  columns.add(
                      points(Columns.column(score.points(part)), score.name(), part.indicator())));
      columns.add(points(score.limit(), score.name(), LIMIT));
    }
    axes()
        .forEach(
            axis ->
                columns.add(
                    RfmModel.points(axis)
                        .as(name(Contributions.RFM, axis.settings().indicator()))));
    columns.addAll(more);
    columns.addAll(new TargetColumns(plan).columns(fitted));
    Dataset<Row> rows = scored.select(columns.toArray(Column[]::new));
    return columns.size() == 1 ? rows.limit(0) : rows;
  }

  /** The columns of scored customers that have the points, beside bins. */
  public List<String> points() {
    return scores().all().values().stream()
        .flatMap(score -> score.parts().stream().map(score::points))
        .toList();
  }

  private static Column points(Column hundredths, String model, String indicator) {
    return UnscaledDecimals.decimal(hundredths, DecimalTypes.POINTS).as(name(model, indicator));
  }

  private static String name(String model, String indicator) {
    return model + OF + indicator;
  }

  private WeightedScores scores() {
    return new WeightedScores(plan, new CutDefinitions(plan));
  }

  private Stream<RfmAxis> axes() {
    return plan.models().rfm().stream().flatMap(rfm -> CutDefinitions.axes(rfm).stream());
  }
}
