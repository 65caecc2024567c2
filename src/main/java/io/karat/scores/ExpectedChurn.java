package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.expressions.RowExpression;
import io.karat.settings.ChurnSettings;
import io.karat.settings.RankedPopulation;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The expected churn of customers, and the value that is at risk with it: churn times an amount.
 * Churn is 1 of customers who have left, else that of their satisfaction, linear between the
 * configured levels and constant beyond them.
 */
record ExpectedChurn(ChurnSettings churn, Money money) {

  /**
   * Adds the columns, churn rounded to six decimals; null for customers who never bought, and for
   * those who have not left and whose satisfaction is unknown.
   */
  Dataset<Row> added(Dataset<Row> frame) {
    Map<String, Column> share = new LinkedHashMap<>();
    share.put(ScoreColumns.HAS_LEFT, when(hasBought(), hasLeft()));
    share.put(ScoreColumns.SATISFACTION_LEVEL, level());
    share.put(ScoreColumns.EXPECTED_CHURN, share());
    Map<String, Column> amount = new LinkedHashMap<>();
    Column atRisk =
        Columns.column(ScoreColumns.EXPECTED_CHURN).multiply(Columns.column(churn.of()));
    amount.put(ScoreColumns.VALUE_AT_RISK, atRisk.cast(money.amountType()));
    return Columns.with(Columns.with(frame, share), amount);
  }

  private Column share() {
    Column level = Columns.column(churn.by()).cast(DataTypes.DoubleType);
    List<Map.Entry<BigDecimal, BigDecimal>> levels = new ArrayList<>(churn.levels().entrySet());
    Column share =
        when(not(hasBought()), lit(null).cast(DataTypes.DoubleType))
            .when(hasLeft(), lit(1.0))
            .when(level.isNull(), lit(null));
    share = share.when(level.leq(levels.get(0).getKey().doubleValue()), shareAt(levels.get(0)));
    for (int i = 1; i < levels.size(); i++) {
      Map.Entry<BigDecimal, BigDecimal> above = levels.get(i);
      share =
          share.when(
              level.leq(above.getKey().doubleValue()), between(level, levels.get(i - 1), above));
    }
    Column last = share.otherwise(shareAt(levels.get(levels.size() - 1)));
    return functions.round(last, DecimalTypes.SHARE.scale()).cast(DecimalTypes.SHARE);
  }

  private static Column hasBought() {
    return Columns.column(RankedPopulation.BOUGHT).isNotNull();
  }

  private Column hasLeft() {
    return churn
        .left()
        .map(left -> coalesce(RowExpression.parse(left.sql()).column(), lit(false)))
        .orElse(lit(false));
  }

  /** The nearest level; of two that are equally near the upper one. */
  private Column level() {
    Column level = Columns.column(churn.by()).cast(DataTypes.DoubleType);
    List<BigDecimal> levels = new ArrayList<>(churn.levels().keySet());
    Column nearest = when(not(hasBought()).or(level.isNull()), lit(null).cast(DecimalTypes.RATIO));
    for (int i = 1; i < levels.size(); i++) {
      double middle = levels.get(i - 1).add(levels.get(i)).doubleValue() / 2;
      nearest = nearest.when(level.lt(middle), lit(levels.get(i - 1)).cast(DecimalTypes.RATIO));
    }
    return nearest.otherwise(lit(levels.get(levels.size() - 1)).cast(DecimalTypes.RATIO));
  }

  private static Column shareAt(Map.Entry<BigDecimal, BigDecimal> level) {
    return lit(level.getValue().doubleValue());
  }

  private static Column between(
      Column level,
      Map.Entry<BigDecimal, BigDecimal> below,
      Map.Entry<BigDecimal, BigDecimal> above) {
    double width = above.getKey().subtract(below.getKey()).doubleValue();
    double rise = above.getValue().subtract(below.getValue()).doubleValue();
    return level
        .minus(below.getKey().doubleValue())
        .multiply(rise / width)
        .plus(below.getValue().doubleValue());
  }
}
