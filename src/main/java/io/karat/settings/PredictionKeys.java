package io.karat.settings;

import io.karat.settings.PredictionSettings.Challenger;
import io.karat.settings.PredictionSettings.Feature;
import io.karat.settings.PredictionSettings.Season;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.KeywordOr;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value.Mapping;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys under {@code prediction}. */
final class PredictionKeys {
  private static final int FEWEST_DAYS = 7;
  private static final int MOST_DAYS = 365;
  private static final int MOST_PENALTY = 10;

  private static final Key<Integer> HORIZON_DAYS =
      Key.byDefault(
          "horizon_days",
          Shapes.wholeNumber(FEWEST_DAYS, MOST_DAYS),
          "90",
          "The days after a night for which purchases are predicted.");
  private static final Key<List<Feature>> FEATURES =
      Key.byDefault(
          "features",
          new ListOf<>(
              new ScalarShape<>(
                  IndicatorReferences.EXPECTED,
                  IndicatorReferences.schema(),
                  (text, at) -> Optional.of(new Feature(text.strip(), at)),
                  List.of()),
              "a list of indicators such as [recency_days]",
              1,
              true),
          "[recency_days, tenure_days, transaction_day_count_365d, net_sales_amount_365d,"
              + " satisfaction_365d, complaint_ratio_365d, average_arrears_rate_365d]",
          "The indicators to predict from, windows included.");
  private static final Key<Expression> AMONG =
      Key.byDefault(
          "among",
          Shapes.expression(),
          "recency_days < 730",
          "Spark SQL over indicators: the customers who are predicted; the others have no"
              + " prediction.");
  private static final Key<Optional<BigDecimal>> PENALTY =
      Key.byDefault(
          "penalty",
          new KeywordOr<>("auto", Shapes.upTo(MOST_PENALTY)),
          "auto",
          "The strength of the penalty on coefficients (elastic net); auto is the best of five on"
              + " the holdout.");
  private static final Key<List<Challenger>> CHALLENGERS =
      Key.byDefault(
          "challengers",
          new ListOf<>(EnumShape.of(Challenger.class), "a list such as [gbt], or []", 0, true),
          "[gbt]",
          "Further models of the back-test; they are judged, never published.");
  private static final Key<Season> SEASON =
      Key.byDefault(
          "season",
          EnumShape.of(Season.class),
          "auto",
          "Whether amounts follow the season of last year's same days where that would have helped"
              + " on the holdout.");

  private PredictionKeys() {}

  static Key<Optional<PredictionSettings>> key() {
    return Key.optional(
        "prediction",
        OptionalBlock.optional(
            ObjectShape.of(
                List.of(
                    HORIZON_DAYS,
                    FEATURES,
                    AMONG,
                    PENALTY,
                    CHALLENGERS,
                    SEASON,
                    RefitKeys.REFIT_AFTER_DAYS,
                    RefitKeys.ACCEPT),
                PredictionKeys::prediction)),
        "Who will buy in the next days, for how much, and why not; off unless it is here, {} takes"
            + " the defaults.");
  }

  static PredictionSettings builtIn() {
    Mapping nothing = Mapping.empty(new Location(Location.DEFAULT, "prediction"));
    return prediction(new ObjectFields(nothing, new Problems()));
  }

  private static PredictionSettings prediction(ObjectFields fields) {
    checkRepeated(fields);
    return new PredictionSettings(
        fields.of(HORIZON_DAYS),
        fields.of(FEATURES),
        fields.of(AMONG),
        fields.of(PENALTY),
        fields.of(CHALLENGERS),
        fields.of(SEASON),
        fields.of(RefitKeys.REFIT_AFTER_DAYS),
        fields.of(RefitKeys.ACCEPT),
        !fields.isSaid(FEATURES.name()),
        fields.at());
  }

  private static void checkRepeated(ObjectFields fields) {
    Set<String> seen = new HashSet<>();
    for (Feature feature : fields.of(FEATURES)) {
      if (!seen.add(feature.indicator())) {
        fields
            .problems()
            .add(
                feature.at(),
                "'%s' has '%s' twice. Keep one."
                    .formatted(fields.at(FEATURES).key(), feature.indicator()));
      }
    }
  }
}
