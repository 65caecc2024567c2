package io.karat.settings;

import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Settings of the prediction of purchases.
 *
 * @param horizonDays the days after a night in which a sale counts as a purchase
 * @param features the indicators to predict from
 * @param among a condition on the customers who are predicted; the others have no prediction
 * @param penalty the strength of the penalty; the best of several on the holdout if absent
 * @param challengers further models of the back-test, which are not published
 * @param refitAfterDays the age in days above which a model is fitted again
 * @param isDefault whether the features are those by default
 */
public record PredictionSettings(
    int horizonDays,
    List<Feature> features,
    Expression among,
    Optional<BigDecimal> penalty,
    List<Challenger> challengers,
    Season season,
    int refitAfterDays,
    Accept accept,
    boolean isDefault,
    Location at) {
  public PredictionSettings {
    features = List.copyOf(features);
    challengers = List.copyOf(challengers);
  }

  /** The settings if a configuration says no more than that there is a prediction. */
  public static PredictionSettings builtIn() {
    return PredictionKeys.builtIn();
  }

  /** Indicator to predict from. */
  public record Feature(String indicator, Location at) {}

  /** Model that is judged beside the published one. */
  public enum Challenger {
    /** Gradient-boosted trees. */
    GBT
  }

  /** Correction of amounts by the season. */
  public enum Season {
    /** By the same days of last year, if that would have helped on the holdout. */
    AUTO,
    /** None. */
    OFF
  }
}
