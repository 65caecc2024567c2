package io.karat.lifetime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.lifetime.MaximumLikelihood.Maximum;
import io.karat.models.Model;
import io.karat.run.Json;
import io.karat.run.LowerCase;
import io.karat.settings.LifetimeSettings;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The model file of a fit: the same text for the same customers. Numbers are rounded to ten digits,
 * more than a fit determines.
 */
record LifetimeFile(LocalDate trainedAsOf, LifetimeSettings settings) {
  private static final MathContext DIGITS = new MathContext(10);

  /**
   * Writes the model.
   *
   * @param notes remarks for readers, to know before they rely on it
   */
  Model of(
      Purchase purchase, Optional<Spend> spend, List<String> notes, Optional<BackTest> backTest) {
    ObjectNode root = Json.TREES.createObjectNode();
    root.put("format", LifetimeModel.FORMAT);
    root.put("kind", LifetimeModel.KIND);
    root.put("trained_as_of", trainedAsOf.toString());
    root.put("occasion", LowerCase.of(settings.occasion()));
    ObjectNode ofPurchase = root.putObject("purchase");
    ofPurchase.put("model", purchase.family().word());
    ofPurchase.put("time_unit", "day");
    write(purchase.fit(), purchase.family().parameters(), ofPurchase);
    ofPurchase.put("customers", purchase.customers());
    ofPurchase.put("distinct", purchase.distinct());
    root.putNull("spend");
    spend.ifPresent(
        it -> {
          ObjectNode ofSpend = root.putObject("spend");
          ofSpend.put("model", "gammagamma");
          ofSpend.put("days", it.spending().word());
          write(it.fit(), SpendModel.PARAMETERS, ofSpend);
          ofSpend.put("customers", it.customers());
          ofSpend.put("correlation_with_frequency", rounded(it.correlation()));
        });
    ArrayNode said = root.putArray("notes");
    notes.forEach(said::add);
    root.putNull("back_test");
    backTest.ifPresent(it -> write(it, root.putObject("back_test")));
    return new Model(LifetimeModel.KIND, root.toPrettyString() + "\n");
  }

  private static void write(Maximum fit, List<String> names, ObjectNode node) {
    ObjectNode parameters = node.putObject("parameters");
    ObjectNode errors = node.putObject("standard_errors");
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), rounded(fit.parameters().get(i)));
      errors.put(names.get(i), rounded(fit.standardErrors().get(i)));
    }
    node.put("log_likelihood", rounded(fit.logLikelihood()));
  }

  private void write(BackTest test, ObjectNode node) {
    node.put("as_of_date", trainedAsOf.minusDays(test.days()).toString());
    node.put("holdout_days", test.days());
    node.put("customers", test.customers());
    node.put("born_later", test.bornLater());
    node.put("actual_transactions", test.bought());
    node.put("actual_sales_amount", rounded(test.sales()));
    node.put("winner", test.winner());
    ArrayNode judgements = node.putArray("judgements");
    for (HoldoutEvaluation judgement : test.judgements()) {
      ObjectNode one = judgements.addObject();
      one.put("name", judgement.name());
      judgement
          .errors()
          .ifPresent(
              errors -> {
                one.put("bias", rounded(errors.bias()));
                one.put("mae", rounded(errors.absolute()));
                one.put("rmse", rounded(errors.squared()));
              });
      one.put("normalised_gini", rounded(judgement.gini()));
      one.put("top_20_percent_capture", rounded(judgement.topCapture()));
    }
    ObjectNode calibration = node.putObject("calibration");
    Map<String, List<BackTest.Calibration>> byWord = new TreeMap<>();
    test.calibrations().forEach((family, rows) -> byWord.put(family.word(), rows));
    byWord.forEach((word, rows) -> rows.forEach(row -> write(row, calibration.withArray(word))));
  }

  private static void write(BackTest.Calibration row, ArrayNode rows) {
    ObjectNode one = rows.addObject();
    one.put("repeats", row.repeats());
    one.put("customers", row.customers());
    one.put("actual", rounded(row.actual()));
    one.put("expected", rounded(row.expected()));
  }

  /** A number as a decimal of ten digits, whatever its size. */
  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros();
  }

  /** A fitted model of purchases. */
  record Purchase(PurchaseFamily family, Maximum fit, long customers, long distinct) {}

  /**
   * A fitted model of spend.
   *
   * @param correlation of a customer's number of days with the mean spend on a day
   */
  record Spend(SpendBasis spending, Maximum fit, long customers, double correlation) {}
}
