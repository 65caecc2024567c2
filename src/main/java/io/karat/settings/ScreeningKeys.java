package io.karat.settings;

import io.karat.settings.ScreeningSettings.Criterion;
import io.karat.settings.ScreeningSettings.Unknown;
import io.karat.settings.WeightedIndicator.Target;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Key;
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

/** Keys under {@code screening}. */
final class ScreeningKeys {
  private static final Key<BigDecimal> TOP_SHARE =
      Key.required(
          "top_share",
          Shapes.part(),
          "0.3",
          "The value that this share of buyers reaches: 0.3 or 30% is three in ten.");
  private static final Key<String> BY =
      Key.required(
          "by",
          IndicatorReferences.one("an indicator such as satisfaction_365d"),
          "satisfaction_365d",
          "A column of customer_indicators.");
  private static final Key<Target> MIN =
      Key.optional(
          "min", bound(), "The least value that meets the criterion, or {top_share: 0.3}.");
  private static final Key<Target> MAX =
      Key.optional(
          "max", bound(), "The greatest value that meets the criterion, or {top_share: 0.3}.");
  private static final Key<Expression> AMONG =
      Key.optional(
          "among",
          Shapes.expression(),
          "Spark SQL over indicators, scores, tiers, classes and labels: who is screened. The"
              + " others are NO.");
  private static final Key<Map<String, Criterion>> CRITERIA =
      Key.required(
          "criteria",
          new MapOf<>(
              ObjectShape.of(List.of(BY, MIN, MAX), ScreeningKeys::criterion),
              "a mapping of names to criteria such as {by: satisfaction_365d, min: 4}",
              true),
          "{satisfaction: {by: satisfaction_365d, min: 4}}",
          "What a key customer has to meet, in order.");
  private static final Key<Unknown> UNKNOWN =
      Key.byDefault(
          "unknown",
          EnumShape.of(Unknown.class),
          "open",
          "What a criterion of an unknown value is: open | fails | passes.");

  private ScreeningKeys() {}

  static Key<Map<String, ScreeningSettings>> key() {
    return Key.byDefault(
        "screening",
        new MapOf<>(
            ObjectShape.of(List.of(AMONG, CRITERIA, UNKNOWN), ScreeningKeys::screening),
            "a mapping of names to screenings",
            true),
        "{}",
        "Screening of customers by criteria, each with a column of its name: KEY, CANDIDATE (one"
            + " criterion short), OPEN (not all known) or NO; and the table screening_funnel.");
  }

  private static Shape<Target> bound() {
    Shape<BigDecimal> number = Shapes.number();
    return new ScalarOrObject<>(
        new ScalarShape<>(
            number.expected() + ", or {top_share: 0.3}",
            number.schema(),
            (text, at) -> Shapes.number(text).map(Target.Fixed::new),
            List.of()),
        ObjectShape.of(List.of(TOP_SHARE), fields -> new Target.Reached(fields.of(TOP_SHARE))));
  }

  private static Criterion criterion(ObjectFields fields) {
    Optional<Target> least = fields.find(MIN);
    Optional<Target> most = fields.find(MAX);
    if (least.isPresent() == most.isPresent()) {
      fields
          .problems()
          .add(
              fields.at(),
              "'%s' has %s, expected one of 'min' and 'max'. %s."
                  .formatted(
                      fields.at().key(),
                      least.isPresent() ? "both" : "neither",
                      least.isPresent() ? "Remove one" : "Add one"));
    }
    return new Criterion(
        fields.at().name(),
        fields.of(BY),
        least.or(() -> most).orElse(new Target.Fixed(BigDecimal.ZERO)),
        least.isPresent(),
        fields.at());
  }

  private static ScreeningSettings screening(ObjectFields fields) {
    List<Criterion> criteria = List.copyOf(fields.of(CRITERIA).values());
    if (criteria.isEmpty() && fields.has(CRITERIA)) {
      fields
          .problems()
          .add(
              fields.at(CRITERIA),
              "'%s' is empty, expected at least one criterion. Add one, or remove the screening."
                  .formatted(fields.at(CRITERIA).key()));
    }
    return new ScreeningSettings(
        fields.at().name(), fields.find(AMONG), criteria, fields.of(UNKNOWN), fields.at());
  }
}
