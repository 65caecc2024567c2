package io.karat.prediction;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.UnscaledDecimals;
import io.karat.indicators.IndicatorColumn;
import io.karat.settings.BilingualText;
import io.karat.settings.Translations;
import io.karat.settings.Window;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.Money;
import io.karat.tables.TableDefinitions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The columns of a prediction: expressions over one row of indicators.
 *
 * <p>What an indicator adds to the logarithm of the odds is rounded to millionths, and the chance
 * is computed from the sum of these, so that published contributions add up exactly.
 *
 * @param model empty if none could be fitted; everything is unknown then
 */
public record PredictionScores(PredictionPlan plan, Money money, Optional<PredictionModel> model) {
  public static final String REASON = "churn_main_reason";

  /** The column of {@code value_contributions} that predictions have. */
  public static final String LOG_ODDS = "log_odds";

  /** The name of the row of {@code value_contributions} with what everybody starts from. */
  public static final String INTERCEPT = "intercept";

  private static final String ADDED = "added log odds of ";
  private static final String SUM = "log odds";
  private static final String CHANCE = "chance";
  private static final double UNIT = 1_000_000;

  /** The contracts of the columns of {@code customer_value}, in their order. */
  public List<ColumnContract> columns() {
    return TableDefinitions.part(
        "prediction", Map.of("days", plan.days(), "money_scale", money.scale()));
  }

  /** The contract of the column of {@code value_contributions}. */
  public static List<ColumnContract> ofContributions() {
    return TableDefinitions.part("contribution_of_prediction", Map.of());
  }

  /** The name of the score in {@code value_contributions}. */
  public String name() {
    return "purchase_probability_next_%dd".formatted(plan.days());
  }

  /** Adds the columns, and what they are computed from, to customers with their indicators. */
  public Dataset<Row> added(Dataset<Row> customers) {
    if (model.isEmpty()) {
      Map<String, Column> unknown = new LinkedHashMap<>();
      columns().forEach(it -> unknown.put(it.name(), lit(null).cast(it.type())));
      return Columns.with(customers, unknown);
    }

    PredictionModel fitted = model.get();
    Map<String, Column> sum = new LinkedHashMap<>();
    sum.put(SUM, sum(fitted));
    Map<String, Column> chance = new LinkedHashMap<>();
    chance.put(CHANCE, lit(1.0).divide(exp(Columns.column(SUM).divide(-UNIT)).plus(1.0)));
    return Columns.with(
        Columns.with(Columns.with(Columns.with(customers, added(fitted)), sum), chance),
        results(fitted));
  }

  /** What each indicator adds to the logarithm of the odds, in millionths; null if not asked. */
  private Map<String, Column> added(PredictionModel fitted) {
    Column isAsked = coalesce(plan.among().column(), lit(false));
    Map<String, Column> added = new LinkedHashMap<>();
    int j = 0;
    for (PredictionFeature feature : fitted.features()) {
      Column share = feature.deviations().multiply(fitted.chance().coefficients().get(j));
      if (feature.unknownShare().isPresent()) {
        share =
            share.plus(
                feature.unknownDeviations().multiply(fitted.chance().coefficients().get(j + 1)));
      }
      added.put(ADDED + feature.name(), when(isAsked, millionths(share)));
      j += feature.width();
    }
    return added;
  }

  private static Column millionths(Column value) {
    return rint(value.multiply(UNIT)).cast(DataTypes.LongType);
  }

  private static long intercept(PredictionModel fitted) {
    return (long) Math.rint(fitted.chance().intercept() * UNIT);
  }

  private static Column sum(PredictionModel fitted) {
    Column sum = lit(intercept(fitted));
    for (PredictionFeature feature : fitted.features()) {
      sum = sum.plus(Columns.column(ADDED + feature.name()));
    }
    return sum;
  }

  private Map<String, Column> results(PredictionModel fitted) {
    List<ColumnContract> columns = columns();
    Column chance = Columns.column(CHANCE).try_cast(DecimalTypes.NUMBER);
    Column lowest = lowest(fitted);
    Map<String, Column> results = new LinkedHashMap<>();
    results.put(columns.get(0).name(), chance);
    results.put(columns.get(1).name(), lit(1).minus(chance).cast(DecimalTypes.NUMBER));
    results.put(
        columns.get(2).name(),
        fitted
            .amount()
            .map(it -> amount(fitted, it))
            .orElse(lit(null))
            .try_cast(DecimalTypes.NUMBER)
            .try_cast(money.sumType()));
    results.put(columns.get(3).name(), reason(fitted, lowest, feature -> lit(feature.name())));
    results.put(columns.get(4).name(), reason(fitted, lowest, it -> words(it, BilingualText::en)));
    results.put(columns.get(5).name(), reason(fitted, lowest, it -> words(it, BilingualText::zh)));
    return results;
  }

  private static Column amount(PredictionModel fitted, PredictionModel.Amount amount) {
    Column score = lit(amount.fit().fit().intercept());
    int j = 0;
    for (PredictionFeature feature : fitted.features()) {
      List<Double> coefficients = amount.fit().fit().coefficients();
      score = score.plus(feature.deviations().multiply(coefficients.get(j)));
      if (feature.unknownShare().isPresent()) {
        score = score.plus(feature.unknownDeviations().multiply(coefficients.get(j + 1)));
      }
      j += feature.width();
    }
    Column limited = least(greatest(score, lit(amount.fit().low())), lit(amount.fit().high()));
    return exp(limited).multiply(amount.factor()).multiply(Columns.column(CHANCE));
  }

  /** The most negative contribution; null if none is below 0. */
  private static Column lowest(PredictionModel fitted) {
    // Contributions are known together, or none is.
    Column lowest = lit(0L);
    for (PredictionFeature feature : fitted.features()) {
      lowest = least(lowest, Columns.column(ADDED + feature.name()));
    }
    return lowest;
  }

  /** Text of a reason. */
  private interface Reason {
    Column of(PredictionFeature feature);
  }

  private static Column reason(PredictionModel fitted, Column lowest, Reason text) {
    Column reason = when(lowest.geq(0L), lit(null).cast(DataTypes.StringType));
    for (PredictionFeature feature : fitted.features()) {
      reason =
          reason.when(Columns.column(ADDED + feature.name()).equalTo(lowest), text.of(feature));
    }
    return when(Columns.column(SUM).isNotNull(), reason);
  }

  /** Language of a text. */
  private interface In {
    String of(BilingualText text);
  }

  /** The indicator, and whether its value is unknown, or above or below the mean of the fit. */
  private Column words(PredictionFeature feature, In language) {
    BilingualText label = label(plan.feature(feature.name()));
    Column deviations = feature.deviations();
    return when(
            Columns.column(feature.name()).isNull(),
            lit(language.of(Translations.text("prediction.unknown", label))))
        .when(deviations.geq(0.0), lit(language.of(Translations.text("prediction.high", label))))
        .otherwise(lit(language.of(Translations.text("prediction.low", label))));
  }

  /** The label of an indicator, with its window. */
  static BilingualText label(IndicatorColumn column) {
    return column
        .window()
        .filter(window -> !window.equals(Window.LIFETIME))
        .map(
            window ->
                Translations.text(
                    "prediction.windowed", column.indicator().label(), window.days().orElseThrow()))
        .orElse(column.indicator().label());
  }

  /**
   * The rows of {@code value_contributions}: what each indicator adds to the logarithm of the odds
   * of a purchase.
   *
   * @param predicted customers with the columns of {@link #added}
   * @param contract the columns of the table
   */
  public Dataset<Row> contributions(Dataset<Row> predicted, List<ColumnContract> contract) {
    if (model.isEmpty()) {
      return contributions(predicted.limit(0), contract, List.of(nothing(contract)));
    }

    PredictionModel fitted = model.get();
    List<Column> rows = new ArrayList<>();
    rows.add(
        row(
            contract,
            Map.of("indicator", lit(INTERCEPT), LOG_ODDS, number(lit(intercept(fitted))))));
    int j = 0;
    for (PredictionFeature feature : fitted.features()) {
      Map<String, Column> values = new LinkedHashMap<>();
      values.put("indicator", lit(feature.name()));
      values.put("indicator_value", Columns.column(feature.name()).cast(DecimalTypes.NUMBER));
      values.put(
          "normalised_value",
          when(Columns.column(feature.name()).isNotNull(), feature.deviations()));
      values.put("weight", lit(fitted.chance().coefficients().get(j)));
      values.put(LOG_ODDS, number(Columns.column(ADDED + feature.name())));
      rows.add(row(contract, values));
      j += feature.width();
    }
    return contributions(predicted.filter(Columns.column(SUM).isNotNull()), contract, rows);
  }

  private static Column number(Column millionths) {
    return UnscaledDecimals.decimal(millionths, DecimalTypes.RATIO);
  }

  private Column row(List<ColumnContract> contract, Map<String, Column> values) {
    List<Column> fields = new ArrayList<>();
    for (ColumnContract column : contract) {
      if (!column.name().equals(Columns.CUSTOMER_ID)) {
        Column value =
            column.name().equals("model")
                ? lit(name())
                : values.getOrDefault(column.name(), lit(null));
        fields.add(value.try_cast(column.type()).as(column.name()));
      }
    }
    return struct(fields.toArray(Column[]::new));
  }

  private Column nothing(List<ColumnContract> contract) {
    return row(contract, Map.of());
  }

  private static Dataset<Row> contributions(
      Dataset<Row> customers, List<ColumnContract> contract, List<Column> rows) {
    List<Column> computed = new ArrayList<>(List.of(Columns.column(Columns.CUSTOMER_ID)));
    List<Column> names = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      computed.add(rows.get(i).as("row " + i));
      names.add(Columns.column("row " + i));
    }
    return customers
        .select(computed.toArray(Column[]::new))
        .select(Columns.column(Columns.CUSTOMER_ID), inline(array(names.toArray(Column[]::new))))
        .select(contract.stream().map(it -> Columns.column(it.name())).toArray(Column[]::new));
  }
}
