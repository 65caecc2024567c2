package io.karat.matching;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log2;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import io.karat.publishing.MatchDecision;
import io.karat.publishing.MatchStore;
import io.karat.settings.BilingualText;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Scores of pairs by a model: weights of fields in bits, their sum, and the probability that both
 * are one customer. Where both have the same value of a field, its frequency takes the place of u.
 */
public record MatchScores(MatchPlan plan, MatchModel model) {
  static final String OTHER = "other_customer_id";
  static final String PROBABILITY = "probability";
  static final String STATUS = "status";
  public static final String PROPOSED = "PROPOSED";
  public static final String REVIEW = "REVIEW";

  private static final String WEIGHT = "match_weight";
  private static final String RULE = "blocking_rule";
  private static final int DECIMALS = 6;
  private static final StructType DECISIONS =
      new StructType()
          .add("one", DataTypes.StringType)
          .add("two", DataTypes.StringType)
          .add("verdict", DataTypes.StringType);

  /** The contract of the pairs. */
  TableContract contract() {
    List<ColumnContract> columns = new ArrayList<>();
    for (MatchField field : model.fields()) {
      columns.addAll(
          TableDefinitions.part(
              "matched_field", Map.of("field", new BilingualText(field.name(), field.name()))));
    }
    return TableDefinitions.ofMatching(MatchStore.CANDIDATES, columns);
  }

  /**
   * The pairs from {@code review} on, and those with a decision, once each.
   *
   * @param ofRules {@link CandidatePairs#ofRules}
   */
  Dataset<Row> scored(Dataset<Row> ofRules, List<MatchDecision> decisions) {
    Dataset<Row> weighed = weighed(ofRules.filter(col(CandidatePairs.IS_NEW)));
    Column isListed =
        col(PROBABILITY).geq(lit(plan.matching().review())).or(col("verdict").isNotNull());
    Column isProposed = col(PROBABILITY).geq(lit(plan.matching().accept()));
    Column status =
        coalesce(col("verdict"), when(isProposed, PROPOSED).otherwise(REVIEW)).as(STATUS);
    List<Column> columns = new ArrayList<>();
    Arrays.stream(weighed.columns()).forEach(name -> columns.add(col(name)));
    columns.add(status);
    return weighed
        .join(
            decided(decisions, weighed),
            col(Columns.CUSTOMER_ID).equalTo(col("one")).and(col(OTHER).equalTo(col("two"))),
            "left")
        .filter(isListed)
        .select(columns.toArray(Column[]::new));
  }

  private static Dataset<Row> decided(List<MatchDecision> decisions, Dataset<Row> pairs) {
    List<Row> rows =
        decisions.stream()
            .map(
                it -> RowFactory.create(it.customerId(), it.otherCustomerId(), it.verdict().name()))
            .toList();
    return pairs
        .sparkSession()
        .createDataFrame(rows, DECISIONS)
        .select(
            least(col("one"), col("two")).as("one"),
            greatest(col("one"), col("two")).as("two"),
            col("verdict"));
  }

  private Dataset<Row> weighed(Dataset<Row> pairs) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col(CandidatePairs.LEFT + Columns.CUSTOMER_ID).as(Columns.CUSTOMER_ID),
                col(CandidatePairs.RIGHT + Columns.CUSTOMER_ID).as(OTHER),
                rule().as(RULE)));
    Column sum = lit(decimal(model.priorWeight())).cast("decimal(18,6)");
    for (int i = 0; i < model.fields().size(); i++) {
      MatchField field = model.fields().get(i);
      Column level = CandidatePairs.level(i);
      columns.add(name(level).as(field.name() + "_level"));
      columns.add(weight(i, level).as(field.name() + "_weight"));
      sum = sum.plus(col(field.name() + "_weight"));
    }
    Dataset<Row> weights = pairs.select(columns.toArray(Column[]::new));
    Column odds = pow(lit(2.0), col(WEIGHT).cast("double").multiply(-1));
    return weights
        .withColumn(WEIGHT, sum.cast("decimal(18,6)"))
        .withColumn(PROBABILITY, rounded(lit(1.0).divide(odds.plus(1))).cast("decimal(9,6)"));
  }

  private Column rule() {
    String[] names = plan.rules().stream().map(BlockingRule::name).toArray(String[]::new);
    return get(lit(names), col(CandidatePairs.RULE));
  }

  private static Column name(Column level) {
    Column name = lit(AgreementLevel.UNKNOWN.name());
    for (AgreementLevel one : AgreementLevel.values()) {
      name = when(level.equalTo(one.number()), one.name()).otherwise(name);
    }
    return name;
  }

  private Column weight(int index, Column level) {
    MatchField field = model.fields().get(index);
    FieldOdds odds = model.odds().get(index);
    double[] weights = new double[AgreementLevel.KNOWN];
    field.levels().forEach(it -> weights[it.number()] = odds.weight(it));
    Column weight = coalesce(get(lit(weights), level), lit(0.0));
    if (field.hasFrequencies()) {
      double m = odds.m()[AgreementLevel.EQUAL.number()];
      Column frequency = col(CandidatePairs.LEFT + MatchRecords.frequency(field));
      Column ofValue = log2(lit(m).divide(frequency));
      weight =
          when(level.equalTo(AgreementLevel.EQUAL.number()), coalesce(ofValue, weight))
              .otherwise(weight);
    }
    return rounded(weight).cast("decimal(18,6)");
  }

  private static Column rounded(Column number) {
    return round(number, DECIMALS);
  }

  private static BigDecimal decimal(double number) {
    return BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_UP);
  }
}
