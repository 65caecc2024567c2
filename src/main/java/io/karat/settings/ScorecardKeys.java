package io.karat.settings;

import io.karat.run.LowerCase;
import io.karat.settings.Scorecard.Perspective;
import io.karat.settings.Scorecard.View;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Keys under {@code scorecard}. */
final class ScorecardKeys {
  private static final Key<BigDecimal> WEIGHT =
      Key.byDefault(
          "weight",
          Shapes.positive(OptionalInt.empty()),
          "25",
          "The weight of the perspective in its value and in the score.");
  private static final Key<Map<String, WeightedIndicator>> INDICATORS =
      Key.inherited(
          "indicators",
          WeightKeys.weights(
              "a mapping of indicators, such as {profit_365d: {weight: 40, target: 50000}}"),
          "{}",
          "Indicators with their windows, each {weight, target, cap}. They replace all default ones"
              + " of the perspective.");
  private static final Map<Perspective, Key<Optional<View>>> PERSPECTIVES = perspectives();

  private static final Shape<BigDecimal> BORDER_SHAPE = Shapes.positive(OptionalInt.of(100));
  private static final Key<BigDecimal> CURRENT =
      Key.byDefault("current", BORDER_SHAPE, "60", "The lowest current value that is high.");
  private static final Key<BigDecimal> POTENTIAL =
      Key.byDefault("potential", BORDER_SHAPE, "60", "The lowest potential value that is high.");
  private static final Key<Borders> QUADRANT =
      Key.block(
          "quadrant",
          ObjectShape.of(
              List.of(CURRENT, POTENTIAL),
              fields -> new Borders(fields.of(CURRENT), fields.of(POTENTIAL))),
          "KEY: both high. MAINTAIN: current only. GROW: potential only. BASIC: neither.");
  private static final int MOST_HYSTERESIS = 50;
  private static final Key<BigDecimal> HYSTERESIS =
      Key.byDefault(
          "hysteresis",
          Shapes.upTo(MOST_HYSTERESIS),
          "5",
          "The points by which current or potential value must pass the lowest high one before the"
              + " customer changes its quadrant; 0 for none.");
  private static final Key<MissingValue> MISSING = PyramidKeys.missing();
  private static final Key<CutPolicy> CUTS = ClassificationKeys.cuts();

  private ScorecardKeys() {}

  static Key<Optional<Scorecard>> key() {
    List<Key<?>> keys = new ArrayList<>(PERSPECTIVES.values());
    keys.addAll(List.of(QUADRANT, HYSTERESIS, MISSING, CUTS));
    return Key.block(
        "scorecard",
        OptionalBlock.optional(ObjectShape.of(keys, ScorecardKeys::scorecard)),
        "Value from four perspectives, measured against targets: financial and sales are current"
            + " value, customer and service potential value.");
  }

  private static Map<Perspective, Key<Optional<View>>> perspectives() {
    Map<Perspective, Key<Optional<View>>> keys = new EnumMap<>(Perspective.class);
    for (Perspective perspective : Perspective.values()) {
      keys.put(
          perspective,
          Key.block(
              LowerCase.of(perspective),
              OptionalBlock.optional(
                  ObjectShape.of(List.of(WEIGHT, INDICATORS), ScorecardKeys::view)),
              "The %s perspective, of %s value; false leaves it out."
                  .formatted(
                      LowerCase.of(perspective),
                      perspective.isCurrent() ? "current" : "potential")));
    }
    return keys;
  }

  private static View view(ObjectFields fields) {
    List<WeightedIndicator> indicators = List.copyOf(fields.of(INDICATORS).values());
    if (fields.has(INDICATORS) && indicators.isEmpty()) {
      fields
          .problems()
          .add(
              fields.at(INDICATORS),
              "'%s' is empty, expected at least one indicator. Put false in place of '%s' to leave it out."
                  .formatted(fields.at(INDICATORS).key(), fields.at().key()));
    }
    indicators.stream()
        .filter(indicator -> indicator.target().isEmpty())
        .forEach(
            indicator ->
                fields
                    .problems()
                    .add(
                        indicator.at(),
                        "'%s' has no target. Write {weight: %s, target: 5000} or {weight: %s, target: {top_share: 0.2}}."
                            .formatted(
                                indicator.at().key(),
                                indicator.weight().toPlainString(),
                                indicator.weight().toPlainString())));
    return new View(fields.of(WEIGHT), indicators, fields.at());
  }

  private static Scorecard scorecard(ObjectFields fields) {
    Map<Perspective, View> views = new EnumMap<>(Perspective.class);
    boolean isDefault = true;
    for (Map.Entry<Perspective, Key<Optional<View>>> perspective : PERSPECTIVES.entrySet()) {
      Key<Optional<View>> key = perspective.getValue();
      fields.of(key).ifPresent(view -> views.put(perspective.getKey(), view));
      isDefault &= !fields.isSaid(key.name(), INDICATORS.name());
    }

    if (views.isEmpty()) {
      fields
          .problems()
          .add(
              fields.at(),
              "'%s' has no perspective. Put false in place of it to switch it off."
                  .formatted(fields.at().key()));
    } else {
      requireBothValues(views.keySet(), fields);
    }
    Borders borders = fields.of(QUADRANT);
    return new Scorecard(
        views,
        borders.current(),
        borders.potential(),
        fields.of(HYSTERESIS),
        fields.find(MISSING),
        fields.of(CUTS),
        isDefault,
        fields.at());
  }

  private static void requireBothValues(Set<Perspective> perspectives, ObjectFields fields) {
    long current = perspectives.stream().filter(Perspective::isCurrent).count();
    if (current == 0 || current == perspectives.size()) {
      fields
          .problems()
          .add(
              fields.at(),
              "'%s' has no perspective of %s, and quadrants need both values. Keep %s, or put false in place of '%s' to switch it off."
                  .formatted(
                      fields.at().key(),
                      current == 0 ? "current value" : "potential value",
                      current == 0 ? "financial or sales" : "customer or service",
                      fields.at().key()));
    }
  }

  /** Least values that count as high. */
  private record Borders(BigDecimal current, BigDecimal potential) {}
}
