package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.BuyerTypes;
import io.karat.settings.Pyramid;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores of buyer types over key customers, and the type whose score is the largest; null for
 * everybody else.
 *
 * @param scores by their column
 */
record BuyerScores(BuyerTypes types, PointScales scales, Map<String, WeightedScore> scores) {
  /**
   * Adds the scores, the points by which the largest leads, and the type. A score that is unknown
   * counts as 0; the largest then leads by all of its points.
   *
   * @param customers with {@link Populations#IS_KEY}
   */
  Dataset<Row> added(Dataset<Row> customers) {
    Dataset<Row> scored = PointSums.added(scales.ofKinds(customers, types.kinds()), scores);
    List<Column> all = types.kinds().stream().map(BuyerScores::score).toList();
    Column falling = sort_array(array(all.toArray(Column[]::new)), false);
    Column lead = falling.getItem(0).minus(falling.getItem(1)).cast(DecimalTypes.SCORE);
    Column isKey = Columns.column(Populations.IS_KEY);
    Map<String, Column> added = new LinkedHashMap<>();
    added.put(BuyerTypes.MARGIN, when(isKey, lead));
    added.put(BuyerTypes.TYPE, when(isKey, type(lead, falling.getItem(0))));
    return Columns.with(scored, added);
  }

  private Column type(Column lead, Column largest) {
    Column type =
        when(lead.lt(lit(types.margin())).or(largest.equalTo(0)), lit(BuyerTypes.UNDECIDED));
    for (Pyramid kind : types.kinds()) {
      type = type.when(score(kind).equalTo(largest), lit(BuyerTypes.code(kind)));
    }
    return type;
  }

  private static Column score(Pyramid kind) {
    return coalesce(Columns.column(ScoreColumns.score(kind)), lit(0).cast(DecimalTypes.SCORE));
  }
}
