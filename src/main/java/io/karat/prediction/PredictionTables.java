package io.karat.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.karat.run.Json;
import io.karat.run.LowerCase;
import io.karat.settings.Translations;
import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The rows of the tables of a prediction, which the model file has; none without a model. */
public record PredictionTables(Optional<PredictionModel> model) {
  public static final TableContract COEFFICIENTS =
      TableDefinitions.table("prediction_coefficients");
  public static final TableContract BACK_TEST = TableDefinitions.table("prediction_back_test");

  private static final JsonNode NOTHING = Json.TREES.missingNode();
  private static final String CHANCE = "chance";
  private static final String AMOUNT = "amount";
  private static final String VALUE = "value";
  private static final String UNKNOWN = "unknown";
  private static final String INTERCEPT = "intercept";

  /** The rows of {@code prediction_coefficients}: of the chance first, then of the amount. */
  public List<Row> coefficients() {
    List<Row> rows = new ArrayList<>();
    model.ifPresent(
        it -> {
          addCoefficients(CHANCE, it.chance(), it, rows);
          it.amount().ifPresent(of -> addCoefficients(AMOUNT, of.fit().fit(), it, rows));
        });
    return rows;
  }

  private static void addCoefficients(
      String part, RegressionFit fit, PredictionModel model, List<Row> rows) {
    rows.add(
        RowFactory.create(
            part,
            INTERCEPT,
            INTERCEPT,
            number(fit.intercept()),
            error(fit, 0).orElse(null),
            null,
            null,
            null,
            null));
    int j = 0;
    for (PredictionFeature feature : model.features()) {
      rows.add(row(part, feature, VALUE, fit, j, feature.mean(), feature.deviation()));
      if (feature.unknownShare().isPresent()) {
        double share = feature.unknownShare().get();
        rows.add(row(part, feature, UNKNOWN, fit, j + 1, share, Math.sqrt(share * (1 - share))));
      }
      j += feature.width();
    }
  }

  private static Row row(
      String part,
      PredictionFeature feature,
      String term,
      RegressionFit fit,
      int place,
      double mean,
      double deviation) {
    double coefficient = fit.coefficients().get(place);
    return RowFactory.create(
        part,
        feature.name(),
        term,
        number(coefficient),
        error(fit, place + 1).orElse(null),
        part.equals(CHANCE) ? number(StrictMath.exp(coefficient)) : null,
        term.equals(VALUE) ? LowerCase.of(feature.scale()) : null,
        number(mean),
        number(deviation));
  }

  private static Optional<BigDecimal> error(RegressionFit fit, int place) {
    boolean isKnown =
        place < fit.standardErrors().size() && !fit.standardErrors().get(place).isNaN();
    return isKnown ? Optional.of(number(fit.standardErrors().get(place))) : Optional.empty();
  }

  /** The rows of {@code prediction_back_test}: of each predictor one per measure, then tenths. */
  public List<Row> backTest() {
    List<Row> rows = new ArrayList<>();
    model.map(PredictionTables::test).ifPresent(test -> addJudgements(test, rows));
    return rows;
  }

  private static JsonNode test(PredictionModel model) {
    try {
      return Json.TREES.readTree(model.model().text()).path("back_test");
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void addJudgements(JsonNode test, List<Row> rows) {
    long customers = test.path("customers").asLong();
    for (JsonNode predictor : test.path("predictors")) {
      for (String measure : List.of("auc", "brier", "gini", "mean_error", "bias")) {
        if (predictor.has(measure)) {
          rows.add(
              row(
                  predictor,
                  measure,
                  customers,
                  predictor.path(measure),
                  predictor.path(measure + "_difference")));
        }
      }
      if (predictor.path("name").asText().equals(Predictor.REGRESSION)) {
        for (String measure : List.of("calibration_slope", "dispersion")) {
          rows.add(row(predictor, measure, customers, test.path(measure), NOTHING));
        }
      }
      int tenth = 1;
      for (JsonNode one : predictor.path("calibration")) {
        rows.add(calibration(predictor, tenth, one));
        tenth++;
      }
    }
  }

  private static Row row(
      JsonNode predictor, String measure, long customers, JsonNode value, JsonNode difference) {
    return row(predictor, measure, Optional.empty(), customers, value, NOTHING, difference);
  }

  private static Row calibration(JsonNode predictor, int tenth, JsonNode one) {
    return row(
        predictor,
        "calibration",
        Optional.of(tenth),
        one.path("customers").asLong(),
        one.path("actual"),
        one.path("expected"),
        NOTHING);
  }

  private static Row row(
      JsonNode predictor,
      String measure,
      Optional<Integer> tenth,
      long customers,
      JsonNode value,
      JsonNode expected,
      JsonNode difference) {
    String name = predictor.path("name").asText();
    return RowFactory.create(
        name,
        Translations.text("predictor." + name).en(),
        Translations.text("predictor." + name).zh(),
        name.equals(Predictor.REGRESSION),
        measure,
        tenth.orElse(null),
        customers,
        known(value).orElse(null),
        known(expected).orElse(null),
        known(difference.path("value")).orElse(null),
        known(difference.path("low")).orElse(null),
        known(difference.path("high")).orElse(null));
  }

  private static Optional<BigDecimal> known(JsonNode value) {
    return value.isNumber() ? Optional.of(number(value.asDouble())) : Optional.empty();
  }

  private static BigDecimal number(double value) {
    return BigDecimal.valueOf(value).setScale(DecimalTypes.NUMBER.scale(), RoundingMode.HALF_UP);
  }
}
