package io.karat.prediction;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.scores.IndicatorUse;
import io.karat.scores.MissingReason;
import io.karat.settings.BilingualText;
import io.karat.settings.PredictionSettings;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The prediction that a night makes, and the indicators that it needs.
 *
 * <p>A default feature whose input is not mapped is left out; in a list of the business's own this
 * is a problem.
 *
 * @param features the indicators to predict from, in the order of the configuration
 * @param others the indicators that the condition on customers names beside them
 */
public record PredictionPlan(
    PredictionSettings settings, List<IndicatorColumn> features, List<IndicatorColumn> others) {
  private static final String KEY = "prediction";
  private static final String BOUGHT = "recency_days";

  public PredictionPlan {
    features = List.copyOf(features);
    others = List.copyOf(others);
  }

  /**
   * A plan, or the reasons why there is none.
   *
   * @param plan empty if nothing is predicted
   * @param off what is left out, by key, with the reason
   */
  public record Planned(Optional<PredictionPlan> plan, Map<String, BilingualText> off) {
    public Planned {
      off = Collections.unmodifiableMap(new LinkedHashMap<>(off));
    }
  }

  /** Plans the prediction of a configuration, and reports what is wrong with it. */
  public static Planned of(Settings settings, IndicatorPlan indicators, Problems problems) {
    return settings
        .prediction()
        .map(it -> of(it, new IndicatorUse(settings, indicators, problems), settings, problems))
        .orElseGet(() -> new Planned(Optional.empty(), Map.of()));
  }

  private static Planned of(
      PredictionSettings prediction, IndicatorUse use, Settings settings, Problems problems) {
    requireOwnColumns(prediction, settings, problems);
    Map<String, BilingualText> off = new LinkedHashMap<>();
    List<IndicatorColumn> features = new ArrayList<>();
    List<MissingReason> lacks = new ArrayList<>();
    for (PredictionSettings.Feature feature : prediction.features()) {
      Optional<MissingReason> lack =
          use.number(feature.indicator(), feature.at(), feature.at(), prediction.isDefault());
      if (lack.isPresent()) {
        lacks.add(lack.get());
        off.put("prediction.features." + feature.indicator(), lack.get().reason());
      } else {
        use.column(feature.indicator()).ifPresent(features::add);
      }
    }
    List<IndicatorColumn> others = new ArrayList<>();
    List<MissingReason> unasked = new ArrayList<>();
    // Without sales nobody is known to buy.
    use.lack(BOUGHT, prediction.at(), true).ifPresent(unasked::add);
    for (String word : words(prediction, problems)) {
      lack(word, prediction, use).ifPresent(unasked::add);
      use.column(word).filter(it -> !features.contains(it)).ifPresent(others::add);
    }
    List<MissingReason> reasons = unasked.isEmpty() && features.isEmpty() ? lacks : unasked;
    if (!reasons.isEmpty()) {
      return new Planned(Optional.empty(), Map.of(KEY, MissingReason.ofAll(reasons).reason()));
    }
    return new Planned(Optional.of(new PredictionPlan(prediction, features, others)), off);
  }

  /** Lifetime value has a probability of purchase for each of its horizons too. */
  private static void requireOwnColumns(
      PredictionSettings prediction, Settings settings, Problems problems) {
    if (settings
        .lifetimeValue()
        .filter(it -> it.horizonDays().contains(prediction.horizonDays()))
        .isPresent()) {
      Location at = prediction.at().child("horizon_days");
      problems.add(
          at,
          ("'%1$s' is %2$d, a horizon of 'lifetime_value' too: both give the column"
                  + " 'purchase_probability_next_%2$dd'. Choose another horizon in one of them.")
              .formatted(at.key(), prediction.horizonDays()));
    }
  }

  private static List<String> words(PredictionSettings prediction, Problems problems) {
    Location at = prediction.among().at();
    try {
      return List.copyOf(RowExpression.parse(prediction.among().sql()).words());
    } catch (ExpressionException refused) {
      problems.add(at, "'%s': %s.".formatted(at.key(), refused.getMessage()));
      return List.of();
    }
  }

  private static Optional<MissingReason> lack(
      String word, PredictionSettings prediction, IndicatorUse use) {
    Location at = prediction.among().at();
    return use.column(word).isPresent()
        ? use.lack(word, at, at.isDefault())
        : use.refuse(word, at, "not an indicator", use.names(word));
  }

  /** The indicators that every night computes for it. */
  public List<IndicatorColumn> columns() {
    List<IndicatorColumn> columns = new ArrayList<>(features);
    columns.addAll(others);
    return columns;
  }

  /** The feature of this name, which is one of them. */
  IndicatorColumn feature(String name) {
    return features.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
  }

  int days() {
    return settings.horizonDays();
  }

  RowExpression among() {
    return RowExpression.parse(settings.among().sql());
  }

  /**
   * The features and the condition as text; a model with another text is for another prediction.
   */
  String question() {
    return "%s among %s"
        .formatted(features.stream().map(IndicatorColumn::name).toList(), settings.among().sql());
  }
}
