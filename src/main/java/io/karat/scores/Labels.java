package io.karat.scores;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.TrySemantics;
import io.karat.run.UsageException;
import io.karat.settings.LabelSettings;
import io.karat.settings.LabelSettings.Rule;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Columns of labels: the code of the first rule that holds. A rule over an unknown value does not
 * hold.
 */
public final class Labels {
  private Labels() {}

  /**
   * Adds a label.
   *
   * @throws UsageException if a rule does not fit the types of the columns that it names
   */
  public static Dataset<Row> added(Dataset<Row> frame, LabelSettings labels) {
    try {
      return TrySemantics.fitting(
          frame.sparkSession(), () -> frame.withColumn(labels.name(), label(labels)));
    } catch (ExpressionException wrong) {
      throw new UsageException(
          "%s: '%s' cannot be computed: %s."
              .formatted(labels.at().where(), labels.at().key(), wrong.getMessage()),
          wrong);
    }
  }

  private static Column label(LabelSettings labels) {
    Column label = when(lit(false), lit("").cast(DataTypes.StringType));
    for (Rule rule : labels.rules()) {
      label = label.when(holds(rule), lit(rule.then()));
    }
    return label;
  }

  private static Column holds(Rule rule) {
    return rule.when()
        .map(when -> RowExpression.parse(when.sql()).column())
        .map(when -> coalesce(when, lit(false)))
        .orElse(lit(true));
  }
}
