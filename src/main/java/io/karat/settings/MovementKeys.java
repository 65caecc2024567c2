package io.karat.settings;

import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Keys under {@code movement}. */
final class MovementKeys {
  /** 1 stands for the comparison with the night before, which is made anyway. */
  private static final int SHORTEST = 2;

  private static final Key<Integer> PERIOD_DAYS =
      Key.byDefault(
          "period_days",
          Shapes.wholeNumber(SHORTEST, MovementSettings.LONGEST_PERIOD_DAYS),
          "30",
          "The days of the second comparison, beside the previous night, and of the rates of the"
              + " Markov chain; the nearest night within 15 days and half of them is taken.");
  private static final Key<BigDecimal> ANNUAL_DISCOUNT =
      Key.byDefault(
          "annual_discount", Shapes.part(), "0.10", "The annual discount rate of later net sales.");

  private MovementKeys() {}

  static Key<Optional<MovementSettings>> key() {
    return Key.block(
        "movement",
        OptionalBlock.optional(
            ObjectShape.of(List.of(PERIOD_DAYS, ANNUAL_DISCOUNT), MovementKeys::movement)),
        "Movement of customers between tiers, classes, segments and labels.");
  }

  private static MovementSettings movement(ObjectFields fields) {
    return new MovementSettings(fields.of(PERIOD_DAYS), fields.of(ANNUAL_DISCOUNT));
  }
}
