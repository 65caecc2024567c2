package io.karat.lifetime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.karat.models.Model;
import io.karat.models.ModelChoice;
import io.karat.run.Json;
import io.karat.run.UsageException;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.LifetimeSettings.Occasion;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A frozen model of lifetime value: a model of purchases and one of spend, in days. Immutable;
 * applying it is a function of one row.
 *
 * @param model the model as it is stored
 * @param trainedAsOf the night on whose customers it was fitted
 * @param occasion the kind of day that counts as a purchase
 * @param spend empty if no model of spend could be fitted
 * @param notes remarks for readers, to know before they rely on it
 */
public record LifetimeModel(
    Model model,
    LocalDate trainedAsOf,
    Occasion occasion,
    PurchaseModel purchase,
    Optional<Spend> spend,
    List<BilingualText> notes) {
  /** The name of this kind among the models of a business. */
  public static final String KIND = "lifetime";

  static final int FORMAT = 1;

  public LifetimeModel {
    notes = List.copyOf(notes);
  }

  /**
   * A model of spend.
   *
   * @param spending the days that it is based on
   * @param correlation of a customer's number of days with the mean spend on a day
   */
  public record Spend(SpendBasis spending, SpendModel model, double correlation) {}

  /**
   * Parses a model.
   *
   * @throws UsageException if the text is not a lifetime model of this format
   */
  public static LifetimeModel parse(Model model) {
    try {
      JsonNode root = Json.TREES.readTree(model.text());
      if (root.path("format").asInt() != FORMAT || !root.path("kind").asText().equals(KIND)) {
        throw new UsageException(
            "Model file '%s' has format %s of '%s', expected format %d of '%s'. Run karat models fit lifetime."
                .formatted(
                    model.name(), root.path("format"), root.path("kind").asText(), FORMAT, KIND));
      }

      JsonNode purchase = root.path("purchase");
      PurchaseForm form = form(purchase);
      return new LifetimeModel(
          model,
          LocalDate.parse(root.path("trained_as_of").asText()),
          Occasion.valueOf(upper(root.path("occasion"))),
          form.model(parameters(purchase, form.parameters())),
          spend(root.path("spend")),
          notes(root.path("notes"), root.path("notes_zh")));
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException broken) {
      throw new UsageException(
          "Model file '%s' cannot be read: %s. Run karat models fit lifetime."
              .formatted(model.name(), broken.getMessage()),
          broken);
    }
  }

  private static PurchaseForm form(JsonNode purchase) {
    String word = purchase.path("model").asText();
    String family = purchase.path("nested_in").asText(word);
    return full(PurchaseFamily.valueOf(family.toUpperCase(Locale.ROOT)), purchase)
        .named(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "purchase model '%s' is not one of %s".formatted(word, family)));
  }

  private static PurchaseForm full(PurchaseFamily family, JsonNode purchase) {
    return family == PurchaseFamily.CONTRACTUAL
        ? PurchaseForm.contractual(purchase.path("period_days").asDouble())
        : PurchaseForm.full(family);
  }

  /** The notes in both languages; in English where a file has no others. */
  private static List<BilingualText> notes(JsonNode english, JsonNode chinese) {
    List<BilingualText> notes = new ArrayList<>();
    for (int i = 0; i < english.size(); i++) {
      String note = english.path(i).asText();
      notes.add(new BilingualText(note, chinese.path(i).asText(note)));
    }
    return notes;
  }

  private static Optional<Spend> spend(JsonNode spend) {
    return spend.isObject()
        ? Optional.of(
            new Spend(
                SpendBasis.valueOf(upper(spend.path("days"))),
                spendModel(spend),
                spend.path("correlation_with_frequency").asDouble()))
        : Optional.empty();
  }

  private static SpendModel spendModel(JsonNode spend) {
    SpendFamily family = SpendFamily.valueOf(upper(spend.path("model")));
    return family.model(parameters(spend, family.parameters()));
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

  /**
   * Chooses among the accepted models for these settings, in order of precedence.
   *
   * @return empty if none of them is for these settings
   */
  public static Optional<ModelChoice<LifetimeModel>> choice(
      List<Model> inForce, LifetimeSettings settings, LocalDate asOf) {
    return ModelChoice.of(
        inForce.stream().map(LifetimeModel::parse).filter(it -> it.answers(settings)).toList(),
        LifetimeModel::trainedAsOf,
        settings.accept() == Accept.AUTO,
        asOf);
  }

  /** Whether the model has the occasion, family, period and spend basis of a configuration. */
  public boolean answers(LifetimeSettings settings) {
    boolean isContractual = purchase.form().isContractual();
    boolean isFamily =
        settings.model() == LifetimeSettings.Family.BEST
            ? !isContractual
            : settings.model().name().equals(purchase.family().name());
    boolean isPeriod = !isContractual || purchase.form().periodDays() == settings.contractPeriod();
    boolean isSpend =
        settings.spendOn() == LifetimeSettings.SpendOn.BEST
            || spend.map(it -> it.spending().name().equals(settings.spendOn().name())).orElse(true);
    return settings.occasion() == occasion && isFamily && isPeriod && isSpend;
  }
}
