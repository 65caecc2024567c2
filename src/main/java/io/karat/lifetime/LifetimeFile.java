package io.karat.lifetime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.lifetime.BackTest.Measure;
import io.karat.lifetime.MaximumLikelihood.Maximum;
import io.karat.models.Model;
import io.karat.run.Json;
import io.karat.run.LowerCase;
import io.karat.settings.BilingualText;
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
   * @param published the name of the published model in the back-test
   */
  Model of(
      Purchase purchase,
      Optional<FittedSpend> spend,
      List<BilingualText> notes,
      BackTests tests,
      String published) {
    ObjectNode root = Json.TREES.createObjectNode();
    root.put("format", LifetimeModel.FORMAT);
    root.put("kind", LifetimeModel.KIND);
    root.put("trained_as_of", trainedAsOf.toString());
    root.put("occasion", LowerCase.of(settings.occasion()));
    ObjectNode ofPurchase = root.putObject("purchase");
    ofPurchase.put("model", purchase.form().word());
    if (purchase.form().isNested()) {
      ofPurchase.put("nested_in", purchase.form().family().word());
    }
    ofPurchase.put("time_unit", "day");
    if (purchase.form().isContractual()) {
      ofPurchase.put("period_days", rounded(purchase.form().periodDays()));
    }
    Maximum fit = purchase.fit();
    write(purchase.form().parameters(), fit.parameters(), fit.standardErrors(), ofPurchase);
    ofPurchase.put("log_likelihood", rounded(fit.logLikelihood()));
    ofPurchase.put("customers", purchase.customers());
    ofPurchase.put("distinct", purchase.distinct());
    root.putNull("spend");
    spend.ifPresent(
        it -> {
          ObjectNode ofSpend = root.putObject("spend");
          ofSpend.put("model", it.fit().family().word());
          ofSpend.put("days", it.spending().word());
          write(
              it.fit().family().parameters(),
              it.fit().parameters(),
              it.fit().standardErrors(),
              ofSpend);
          it.fit()
              .logLikelihood()
              .ifPresent(value -> ofSpend.put("log_likelihood", rounded(value)));
          ofSpend.put("customers", it.customers());
          ofSpend.put("correlation_with_frequency", rounded(it.correlation()));
        });
    ArrayNode said = root.putArray("notes");
    ArrayNode saidInChinese = root.putArray("notes_zh");
    notes.forEach(
        note -> {
          said.add(note.en());
          saidInChinese.add(note.zh());
        });
    root.putNull("chosen_on");
    tests.choosing().ifPresent(it -> writeChoice(it, root.putObject("chosen_on")));
    root.putNull("back_test");
    tests.judging().ifPresent(it -> write(it, published, root.putObject("back_test")));
    return new Model(LifetimeModel.KIND, root.toPrettyString() + "\n");
  }

  private static void write(
      List<String> names, List<Double> values, List<Double> standardErrors, ObjectNode node) {
    ObjectNode parameters = node.putObject("parameters");
    ObjectNode errors = node.putObject("standard_errors");
    for (int i = 0; i < names.size(); i++) {
      parameters.put(names.get(i), rounded(values.get(i)));
      errors.put(names.get(i), rounded(standardErrors.get(i)));
    }
  }

  /** Writes the earlier holdout, on which the model was chosen. */
  private void writeChoice(BackTest test, ObjectNode node) {
    node.put("as_of_date", trainedAsOf.minusDays(2L * test.days()).toString());
    node.put("holdout_days", test.days());
    node.put("customers", test.customers());
    writeJudgements(test, node.putArray("judgements"));
  }

  private void write(BackTest test, String published, ObjectNode node) {
    node.put("as_of_date", trainedAsOf.minusDays(test.days()).toString());
    node.put("holdout_days", test.days());
    node.put("customers", test.customers());
    node.put("born_later", test.bornLater());
    node.put("actual_transactions", test.bought());
    node.put("actual_sales_amount", rounded(test.sales()));
    node.put("published", published);
    node.put("winner", test.winner(Measure.RANKING));
    node.put("winner_by_error", test.winner(Measure.ERROR));
    node.put("winner_by_bias", test.winner(Measure.BIAS));
    writeJudgements(test, node.putArray("judgements"));
    ObjectNode calibration = node.putObject("calibration");
    Map<String, List<BackTest.Calibration>> byWord = new TreeMap<>();
    test.calibrations().forEach((family, rows) -> byWord.put(family.word(), rows));
    byWord.forEach((word, rows) -> rows.forEach(row -> write(row, calibration.withArray(word))));
  }

  private static void writeJudgements(BackTest test, ArrayNode judgements) {
    Map<String, String> nested = new TreeMap<>();
    test.forms().values().stream()
        .filter(PurchaseForm::isNested)
        .forEach(form -> nested.put(form.family().word(), form.word()));
    for (HoldoutEvaluation judgement : test.judgements()) {
      ObjectNode one = judgements.addObject();
      one.put("name", judgement.name());
      String family = judgement.name().replaceFirst("_.*", "");
      Optional.ofNullable(nested.get(family)).ifPresent(form -> one.put("fitted_as", form));
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
  record Purchase(PurchaseForm form, Maximum fit, long customers, long distinct) {}
}
