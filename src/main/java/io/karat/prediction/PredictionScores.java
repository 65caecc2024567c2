package io.karat.prediction;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rint;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.UnscaledDecimals;
import io.karat.indicators.IndicatorColumn;
import io.karat.scores.ContributionTable;
import io.karat.settings.BilingualText;
import io.karat.settings.Translations;
import io.karat.settings.Window;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.Money;
import io.karat.tables.TableDefinitions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

  /** The name of the model in the columns of {@code value_contributions}. */
  static final String LOG_ODDS = "log_odds";

  /** The name of what everybody starts from. */
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

  /** The contracts of the columns of {@code value_contributions}, in their order. */
  public List<ColumnContract> ofContributions() {
    return contributing().stream()
        .flatMap(
            name ->
                TableDefinitions.part(
                    name.equals(INTERCEPT)
                        ? "intercept_of_prediction"
                        : "contribution_of_prediction",
                    Map.of(
                        "model",
                        LOG_ODDS,
                        "of",
                        ContributionTable.OF,
                        "indicator",
                        name,
                        "days",
                        plan.days()))
                    .stream())
        .toList();
  }

  /** What may add to the logarithm of the odds of a sale. */
  private List<String> contributing() {
    return Stream.concat(Stream.of(INTERCEPT), plan.features().stream().map(IndicatorColumn::name))
        .toList();
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
    Column chance = Columns.column(CHANCE).try_cast(DecimalTypes.RATIO);
    Column lowest = lowest(fitted);
    Map<String, Column> results = new LinkedHashMap<>();
    results.put(columns.get(0).name(), chance);
    results.put(columns.get(1).name(), lit(1).minus(chance).cast(DecimalTypes.RATIO));
    results.put(
        columns.get(2).name(),
        fitted
            .amount()
            .map(it -> amount(fitted, it))
            .orElse(lit(null))
            .try_cast(DecimalTypes.NUMBER)
            .try_cast(money.amountType()));
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
   * The columns of {@code value_contributions}, of customers with the columns of {@link #added}.
   */
  public List<Column> contributions() {
    Map<String, Column> known = logOdds();
    Column unknown = lit(null).cast(DecimalTypes.RATIO);
    return contributing().stream()
        .map(name -> known.getOrDefault(name, unknown).as(LOG_ODDS + ContributionTable.OF + name))
        .toList();
  }

  /** The columns of {@link #added} that the contributions are made of. */
  public List<String> millionths() {
    return model.stream()
        .flatMap(
            fitted ->
                Stream.concat(
                    Stream.of(SUM), fitted.features().stream().map(it -> ADDED + it.name())))
        .toList();
  }

  /**
   * What the intercept and each indicator of the model adds to the logarithm of the odds of a sale,
   * of customers with the columns of {@link #added}; null for those who are not asked.
   */
  public Map<String, Column> logOdds() {
    Map<String, Column> all = new LinkedHashMap<>();
    model.ifPresent(
        fitted -> {
          Column intercept = when(Columns.column(SUM).isNotNull(), lit(intercept(fitted)));
          all.put(INTERCEPT, number(intercept));
          fitted
              .features()
              .forEach(it -> all.put(it.name(), number(Columns.column(ADDED + it.name()))));
        });
    return all;
  }

  private static Column number(Column millionths) {
    return UnscaledDecimals.decimal(millionths, DecimalTypes.RATIO);
  }
}
