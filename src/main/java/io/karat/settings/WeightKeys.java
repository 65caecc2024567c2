package io.karat.settings;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.WeightedIndicator.Target;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarOrObject;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys of weighted indicators: a bare weight, or a mapping with more. */
final class WeightKeys {
  private static final Shape<BigDecimal> POSITIVE = Shapes.positive(OptionalInt.empty());

  private static final Key<BigDecimal> WEIGHT =
      Key.required("weight", POSITIVE, "1", "The weight; weights need not add up to 100.");
  private static final Key<BigDecimal> TOP_SHARE =
      Key.required(
          "top_share",
          Shapes.part(),
          "0.2",
          "The value that this share of customers reaches: 0.2 or 20% is one in five.");
  private static final Key<Target> TARGET =
      Key.optional(
          "target",
          new ScalarOrObject<>(
              fixed(),
              ObjectShape.of(
                  List.of(TOP_SHARE), fields -> new Target.Reached(fields.of(TOP_SHARE)))),
          "The target: a number, or {top_share: 0.2} for the value that one customer in five"
              + " reaches.");
  private static final Key<BigDecimal> CAP =
      Key.byDefault(
          "cap", POSITIVE, "1", "The largest value that counts, as a multiple of the target.");

  private static final Key<Better> BETTER =
      Key.optional(
          "better",
          EnumShape.of(Better.class),
          "Whether higher or lower values speak for it; by default what is better of the indicator.");
  private static final Key<String> ABOVE_MEDIAN =
      Key.optional(
          "above_median",
          Shapes.text("an indicator such as gross_margin_365d"),
          "An indicator: a customer below its median among those who are ranked has 0 points.");

  private WeightKeys() {}

  static Shape<Map<String, WeightedIndicator>> weights(String expected) {
    return weights(ObjectShape.of(List.of(WEIGHT, TARGET, CAP), WeightKeys::indicator), expected);
  }

  /** Weights of indicators that are ranked, which may speak for or against something. */
  static Shape<Map<String, WeightedIndicator>> ranked(String expected) {
    return weights(
        ObjectShape.of(
            List.of(WEIGHT, BETTER, ABOVE_MEDIAN),
            fields ->
                new WeightedIndicator(
                    fields.at().name(),
                    fields.of(WEIGHT),
                    Optional.empty(),
                    BigDecimal.ONE,
                    fields.find(BETTER),
                    fields.find(ABOVE_MEDIAN),
                    fields.at())),
        expected);
  }

  private static Shape<Map<String, WeightedIndicator>> weights(
      ObjectShape<WeightedIndicator> detailed, String expected) {
    Shape<WeightedIndicator> bare =
        new ScalarShape<>(
            POSITIVE.expected() + ", or a mapping with keys such as 'weight'",
            POSITIVE.schema(),
            WeightKeys::weight,
            List.of());
    return IndicatorReferences.keysOf(
        new MapOf<>(new ScalarOrObject<>(bare, detailed), expected, false));
  }

  private static Shape<Target> fixed() {
    return new ScalarShape<>(
        POSITIVE.expected() + ", or {top_share: 0.2}",
        POSITIVE.schema(),
        (text, at) -> Shapes.positive(text).map(Target.Fixed::new),
        List.of());
  }

  private static Optional<WeightedIndicator> weight(String text, Location at) {
    return Shapes.positive(text)
        .map(
            weight ->
                new WeightedIndicator(
                    at.name(),
                    weight,
                    Optional.empty(),
                    BigDecimal.ONE,
                    Optional.empty(),
                    Optional.empty(),
                    at));
  }

  private static WeightedIndicator indicator(ObjectFields fields) {
    if (fields.has(CAP) && !fields.has(TARGET)) {
      fields
          .problems()
          .add(
              fields.at(CAP),
              "'%s' is a multiple of a target, which is missing. Add 'target' or remove it."
                  .formatted(fields.at(CAP).key()));
    }
    return new WeightedIndicator(
        fields.at().name(),
        fields.of(WEIGHT),
        fields.find(TARGET),
        fields.of(CAP),
        Optional.empty(),
        Optional.empty(),
        fields.at());
  }
}
