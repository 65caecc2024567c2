package io.karat.prediction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.karat.indicators.IndicatorScale;
import io.karat.models.Model;
import io.karat.run.Json;
import io.karat.run.UsageException;
import io.karat.settings.BilingualText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A frozen model of purchases in the days after a night. Immutable; applying it is an expression
 * over one row.
 *
 * @param model the model as it is stored
 * @param trainedAsOf the night whose customers' past it was fitted to
 * @param question the features and the condition on customers that it was fitted with
 * @param features the predictors, in the order of the coefficients
 * @param chance the regression of the logarithm of the odds of a purchase
 * @param amount the regression of net sales of buyers; empty if there is none
 * @param notes remarks for readers, to know before they rely on it
 */
public record PredictionModel(
    Model model,
    LocalDate trainedAsOf,
    int horizonDays,
    String question,
    List<PredictionFeature> features,
    RegressionFit chance,
    Optional<Amount> amount,
    List<BilingualText> notes) {
  /** The name of this kind among the models of a business. */
  public static final String KIND = "prediction";

  static final int FORMAT = 1;

  public PredictionModel {
    features = List.copyOf(features);
    notes = List.copyOf(notes);
  }

  /**
   * A model of the net sales of buyers.
   *
   * @param level the factor of the level
   * @param season the factor of the season
   */
  record Amount(AmountFit fit, double level, double season) {
    /** All factors of the exponential of the score. */
    double factor() {
      return fit.smearing() * level * season;
    }
  }

  /**
   * Parses a model.
   *
   * @throws UsageException if the text is not a prediction model of this format
   */
  public static PredictionModel parse(Model model) {
    try {
      JsonNode root = Json.TREES.readTree(model.text());
      if (root.path("format").asInt() != FORMAT || !root.path("kind").asText().equals(KIND)) {
        throw new UsageException(
            "Model file '%s' has format %s of '%s', expected format %d of '%s'. Run karat models fit prediction."
                .formatted(
                    model.name(), root.path("format"), root.path("kind").asText(), FORMAT, KIND));
      }

      List<PredictionFeature> features = features(root.path("features"));
      int width = features.stream().mapToInt(PredictionFeature::width).sum();
      return new PredictionModel(
          model,
          LocalDate.parse(root.path("trained_as_of").asText()),
          root.path("horizon_days").asInt(),
          root.path("question").asText(),
          features,
          fit(root.path("chance"), width),
          amount(root.path("amount"), width),
          notes(root.path("notes"), root.path("notes_zh")));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException broken) {
      throw new UsageException(
          "Model file '%s' cannot be read: %s. Run karat models fit prediction."
              .formatted(model.name(), broken.getMessage()),
          broken);
    }
  }

  private static List<PredictionFeature> features(JsonNode nodes) {
    List<PredictionFeature> features = new ArrayList<>();
    for (JsonNode node : nodes) {
      features.add(
          new PredictionFeature(
              node.path("indicator").asText(),
              IndicatorScale.valueOf(node.path("scale").asText().toUpperCase(Locale.ROOT)),
              node.path("low").asDouble(),
              node.path("high").asDouble(),
              node.path("mean").asDouble(),
              node.path("deviation").asDouble(),
              node.has("unknown_share")
                  ? Optional.of(node.path("unknown_share").asDouble())
                  : Optional.empty()));
    }
    return features;
  }

  private static RegressionFit fit(JsonNode node, int width) {
    List<Double> coefficients = numbers(node.path("coefficients"));
    if (coefficients.size() != width) {
      throw new IllegalArgumentException(
          "%d coefficients of %d predictors".formatted(coefficients.size(), width));
    }
    return new RegressionFit(
        node.path("intercept").asDouble(), coefficients, numbers(node.path("standard_errors")));
  }

  private static List<Double> numbers(JsonNode nodes) {
    List<Double> numbers = new ArrayList<>();
    nodes.forEach(it -> numbers.add(it.isNull() ? Double.NaN : it.asDouble()));
    return numbers;
  }

  private static Optional<Amount> amount(JsonNode node, int width) {
    return node.isObject()
        ? Optional.of(
            new Amount(
                new AmountFit(
                    fit(node, width),
                    node.path("low").asDouble(),
                    node.path("high").asDouble(),
                    node.path("smearing").asDouble(),
                    node.path("customers").asInt()),
                node.path("level").asDouble(1),
                node.path("season").asDouble()))
        : Optional.empty();
  }

  private static List<BilingualText> notes(JsonNode english, JsonNode chinese) {
    List<BilingualText> notes = new ArrayList<>();
    for (int i = 0; i < english.size(); i++) {
      notes.add(new BilingualText(english.path(i).asText(), chinese.path(i).asText()));
    }
    return notes;
  }

  /** The coefficients of both regressions by name, for comparisons. */
  public Map<String, BigDecimal> numbers() {
    Map<String, BigDecimal> numbers = new LinkedHashMap<>();
    add("chance", chance, numbers);
    amount.ifPresent(
        it -> {
          add("amount", it.fit().fit(), numbers);
          numbers.put("amount smearing", BigDecimal.valueOf(it.fit().smearing()));
          numbers.put("amount level", BigDecimal.valueOf(it.level()));
          numbers.put("amount season", BigDecimal.valueOf(it.season()));
        });
    return numbers;
  }

  private void add(String part, RegressionFit fit, Map<String, BigDecimal> numbers) {
    numbers.put(part + " intercept", BigDecimal.valueOf(fit.intercept()));
    int j = 0;
    for (PredictionFeature feature : features) {
      String name = "%s %s".formatted(part, feature.name());
      numbers.put(name, BigDecimal.valueOf(fit.coefficients().get(j)));
      if (feature.unknownShare().isPresent()) {
        numbers.put(name + " unknown", BigDecimal.valueOf(fit.coefficients().get(j + 1)));
      }
      j += feature.width();
    }
  }

  /** Whether the model has the horizon, features and customers of a configuration. */
  public boolean answers(PredictionPlan plan) {
    return horizonDays == plan.days() && question.equals(plan.question());
  }
}
