package io.karat.lifetime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.models.Model;
import io.karat.run.UsageException;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Occasion;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was learned about how customers buy: a model of purchases and one of spend, in days. It
 * never changes; applying it is a function of one row.
 *
 * @param model as it is kept
 * @param trainedAsOf the night whose customers it was learned from
 * @param occasion what counted as a day on which a customer comes
 * @param spend none where no model of spend could be fitted
 */
public record LifetimeModel(
    Model model,
    LocalDate trainedAsOf,
    Occasion occasion,
    PurchaseModel purchase,
    Optional<Spend> spend) {
  /** What the file is called among the models of a business. */
  public static final String KIND = "lifetime";

  static final int FORMAT = 1;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A model of spend.
   *
   * @param spending the days that it looks at
   * @param correlation of how often customers come with what they spend on a day
   */
  public record Spend(SpendBasis spending, SpendModel model, double correlation) {
    /** With more of it, the model is wrong to take the two for independent. */
    public static final double MOST_CORRELATION = 0.15;

    /** Whether spend has as little to do with frequency as the model takes for granted. */
    public boolean isIndependent() {
      return Math.abs(correlation) <= MOST_CORRELATION;
    }
  }

  /**
   * Reads a model.
   *
   * @throws UsageException if it is not one, or of a later format
   */
  public static LifetimeModel parse(Model model) {
    try {
      JsonNode root = JSON.readTree(model.text());
      if (root.path("format").asInt() != FORMAT || !root.path("kind").asText().equals(KIND)) {
        throw new UsageException(
            "Model file '%s' has format %s of '%s', expected format %d of '%s'. Run karat models fit lifetime."
                .formatted(
                    model.name(), root.path("format"), root.path("kind").asText(), FORMAT, KIND));
      }

      JsonNode purchase = root.path("purchase");
      PurchaseFamily family = PurchaseFamily.valueOf(upper(purchase.path("model")));
      return new LifetimeModel(
          model,
          LocalDate.parse(root.path("trained_as_of").asText()),
          Occasion.valueOf(upper(root.path("occasion"))),
          family.model(parameters(purchase, family.parameters())),
          spend(root.path("spend")));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException broken) {
      throw new UsageException(
          "Model file '%s' cannot be read: %s. Run karat models fit lifetime."
              .formatted(model.name(), broken.getMessage()),
          broken);
    }
  }

  private static Optional<Spend> spend(JsonNode spend) {
    return spend.isObject()
        ? Optional.of(
            new Spend(
                SpendBasis.valueOf(upper(spend.path("days"))),
                SpendModel.of(parameters(spend, SpendModel.PARAMETERS)),
                spend.path("correlation_with_frequency").asDouble()))
        : Optional.empty();
  }

  private static String upper(JsonNode word) {
    return word.asText().toUpperCase(Locale.ROOT);
  }

  private static List<Double> parameters(JsonNode fit, List<String> names) {
    List<Double> parameters = new ArrayList<>();
    for (String name : names) {
      double parameter = fit.path("parameters").path(name).asDouble();
      if (!(parameter > 0)) {
        throw new IllegalArgumentException(
            "parameter '%s' is %s, expected a number above 0".formatted(name, parameter));
      }
      parameters.add(parameter);
    }
    return parameters;
  }

  /** Whether it answers what a configuration asks. */
  public boolean answers(LifetimeSettings settings) {
    boolean isFamily =
        settings.model() == LifetimeSettings.Family.BEST
            || settings.model().name().equals(purchase.family().name());
    boolean isSpend =
        settings.spendOn() == LifetimeSettings.SpendOn.BEST
            || spend.map(it -> it.spending().name().equals(settings.spendOn().name())).orElse(true);
    return settings.occasion() == occasion && isFamily && isSpend;
  }
}
