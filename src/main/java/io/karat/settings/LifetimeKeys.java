package io.karat.settings;

import io.karat.settings.LifetimeSettings.Family;
import io.karat.settings.LifetimeSettings.Occasion;
import io.karat.settings.LifetimeSettings.SpendOn;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.KeywordOr;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value.Mapping;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys under {@code lifetime_value}. */
final class LifetimeKeys {
  private static final Key<Family> MODEL =
      Key.byDefault(
          "model",
          EnumShape.of(Family.class),
          "best",
          "The purchase model; best is the one of purchases at random that ranks customers best in an"
              + " earlier holdout than the one it is judged on; contractual is for subscriptions.");
  private static final Key<SpendOn> SPEND_ON =
      Key.byDefault(
          "spend_on",
          EnumShape.of(SpendOn.class),
          "best",
          "The purchase days whose mean is a customer's spend: those after the first, all, or the"
              + " choice that ranks customers best in the earlier holdout.");
  private static final Key<Occasion> OCCASION =
      Key.byDefault(
          "occasion",
          EnumShape.of(Occasion.class),
          "sale",
          "The days that count as a purchase: those with a sale, or those on which sales exceed"
              + " returns.");
  private static final Key<List<Integer>> HORIZON_DAYS =
      Key.byDefault(
          "horizon_days",
          new ListOf<>(days(), "a list of numbers of days such as [365]", 1, true),
          "[365]",
          "The horizons in days; expected_sales_amount_model uses the first.");
  private static final Key<BigDecimal> ANNUAL_DISCOUNT =
      Key.byDefault(
          "annual_discount", Shapes.share(1), "0.10", "The annual discount rate of later sales.");
  private static final Key<Optional<Integer>> HOLDOUT_DAYS =
      Key.byDefault(
          "holdout_days",
          new KeywordOr<>("auto", days()),
          "auto",
          "The last days, on which a fit is evaluated; auto is the first horizon, at most half of"
              + " the available days, or a third if there is something to choose.");
  private static final Key<BigDecimal> CONTRACT_PERIOD_DAYS =
      Key.byDefault(
          "contract_period_days",
          Shapes.positive(OptionalInt.of(RefitKeys.MOST_DAYS)),
          "30.4375",
          "The days between two charges of a subscription, for model: contractual; 30.4375 is a"
              + " month, 365.25 a year.");

  private LifetimeKeys() {}

  private static Shape<Integer> days() {
    return Shapes.wholeNumber(1, RefitKeys.MOST_DAYS);
  }

  static Key<Optional<LifetimeSettings>> key() {
    return Key.block(
        "lifetime_value",
        OptionalBlock.optional(
            ObjectShape.of(
                List.of(
                    MODEL,
                    SPEND_ON,
                    OCCASION,
                    HORIZON_DAYS,
                    ANNUAL_DISCOUNT,
                    HOLDOUT_DAYS,
                    CONTRACT_PERIOD_DAYS,
                    RefitKeys.REFIT_AFTER_DAYS,
                    RefitKeys.ACCEPT),
                LifetimeKeys::lifetimeValue)),
        "Expected future purchases and their discounted value.");
  }

  static LifetimeSettings builtIn() {
    Mapping nothing = Mapping.empty(new Location(Location.DEFAULT, "lifetime_value"));
    return lifetimeValue(new ObjectFields(nothing, new Problems()));
  }

  private static LifetimeSettings lifetimeValue(ObjectFields fields) {
    return new LifetimeSettings(
        fields.of(MODEL),
        fields.of(SPEND_ON),
        fields.of(OCCASION),
        fields.of(HORIZON_DAYS),
        Shapes.plain(fields.of(ANNUAL_DISCOUNT)),
        fields.of(HOLDOUT_DAYS),
        Shapes.plain(fields.of(CONTRACT_PERIOD_DAYS)),
        fields.of(RefitKeys.REFIT_AFTER_DAYS),
        fields.of(RefitKeys.ACCEPT));
  }
}
