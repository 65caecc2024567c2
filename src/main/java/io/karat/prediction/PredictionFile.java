package io.karat.prediction;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.models.Model;
import io.karat.run.Json;
import io.karat.run.LowerCase;
import io.karat.settings.BilingualText;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;

/**
 * The model file of a fit: the same text for the same customers. Numbers are rounded to ten digits,
 * which a fit determines whatever the linear algebra at hand.
 */
record PredictionFile(PredictionPlan plan, Money money, LocalDate trainedAsOf) {
  private static final MathContext DIGITS = new MathContext(10);

  Model of(FittedPrediction fitted, PredictionBackTest test) {
    ObjectNode root = Json.TREES.createObjectNode();
    root.put("format", PredictionModel.FORMAT);
    root.put("kind", PredictionModel.KIND);
    root.put("trained_as_of", trainedAsOf.toString());
    root.put("horizon_days", plan.days());
    root.put("question", plan.question());
    root.put("customers", fitted.customers());
    root.put("buyers", fitted.buyers());
    ArrayNode features = root.putArray("features");
    fitted.features().features().forEach(feature -> write(feature, features.addObject()));
    root.put("penalty", rounded(fitted.penalty().strength()));
    write(fitted.chance(), root.putObject("chance"));
    root.putNull("amount");
    fitted
        .amount()
        .filter(it -> test.biasBeyondUse().isEmpty())
        .ifPresent(
            it -> {
              ObjectNode amount = root.putObject("amount");
              write(it.fit(), amount);
              amount.put("low", rounded(it.low()));
              amount.put("high", rounded(it.high()));
              amount.put("smearing", rounded(it.smearing()));
              amount.put("customers", it.customers());
              amount.put("level", rounded(test.level().applied()));
              amount.put("season", rounded(test.season().applied()));
            });
    ArrayNode notes = root.putArray("notes");
    ArrayNode inChinese = root.putArray("notes_zh");
    for (BilingualText note : new PredictionNotes(test, money).all()) {
      notes.add(note.en());
      inChinese.add(note.zh());
    }
    write(test, root.putObject("back_test"));
    return new Model(PredictionModel.KIND, root.toPrettyString() + "\n");
  }

  private static void write(PredictionFeature feature, ObjectNode node) {
    node.put("indicator", feature.name());
    node.put("scale", LowerCase.of(feature.scale()));
    node.put("low", rounded(feature.low()));
    node.put("high", rounded(feature.high()));
    node.put("mean", rounded(feature.mean()));
    node.put("deviation", rounded(feature.deviation()));
    feature.unknownShare().ifPresent(it -> node.put("unknown_share", rounded(it)));
  }

  private static void write(RegressionFit fit, ObjectNode node) {
    node.put("intercept", rounded(fit.intercept()));
    write(fit.coefficients(), node.putArray("coefficients"));
    write(fit.standardErrors(), node.putArray("standard_errors"));
  }

  private static void write(List<Double> numbers, ArrayNode node) {
    for (double number : numbers) {
      if (Double.isNaN(number)) {
        node.addNull();
      } else {
        node.add(rounded(number));
      }
    }
  }

  private void write(PredictionBackTest test, ObjectNode node) {
    node.put("as_of_date", trainedAsOf.minusDays(plan.days()).toString());
    node.put("customers", test.customers());
    node.put("buyers", test.buyers());
    node.put("net_sales_amount", rounded(test.sales()));
    node.put("calibration_slope", rounded(test.slope()));
    node.put("dispersion", rounded(test.dispersion()));
    write(test.level(), node.putObject("level"));
    write(test.season(), node.putObject("season"));
    ArrayNode predictors = node.putArray("predictors");
    test.judgements().forEach(judgement -> write(judgement, predictors.addObject()));
  }

  private static void write(AmountFactor factor, ObjectNode node) {
    node.put("factor", rounded(factor.judged()));
    node.put("helped", factor.isUsed());
  }

  private static void write(PredictorJudgement judgement, ObjectNode node) {
    node.put("name", judgement.name());
    node.put("auc", rounded(judgement.auc()));
    judgement.aucDifference().ifPresent(it -> write(it, node.putObject("auc_difference")));
    judgement.brier().ifPresent(it -> node.put("brier", rounded(it)));
    node.put("gini", rounded(judgement.gini()));
    judgement
        .errors()
        .ifPresent(
            it -> {
              node.put("mean_error", rounded(it.absolute()));
              node.put("bias", rounded(it.bias()));
            });
    judgement.errorDifference().ifPresent(it -> write(it, node.putObject("mean_error_difference")));
    if (!judgement.tenths().isEmpty()) {
      ArrayNode tenths = node.putArray("calibration");
      judgement
          .tenths()
          .forEach(
              it -> {
                ObjectNode tenth = tenths.addObject();
                tenth.put("customers", it.customers());
                tenth.put("expected", rounded(it.expected()));
                tenth.put("actual", rounded(it.actual()));
              });
    }
  }

  private static void write(PairedDifference difference, ObjectNode node) {
    node.put("value", rounded(difference.value()));
    node.put("low", rounded(difference.low()));
    node.put("high", rounded(difference.high()));
  }

  /** A number as a decimal of ten digits, whatever its size. */
  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros();
  }
}
