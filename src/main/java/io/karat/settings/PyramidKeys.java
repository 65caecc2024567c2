package io.karat.settings;

import io.karat.settings.LevelSettings.Level;
import io.karat.settings.Pyramid.Normalisation;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys under {@code pyramids}. */
final class PyramidKeys {
  private static final int MOST_HYSTERESIS = 50;
  private static final Key<Map<String, WeightedIndicator>> WEIGHTS =
      Key.inherited(
          "weights",
          WeightKeys.weights("a mapping of indicators to weights, such as {profit_365d: 60}"),
          "{}",
          "The indicators of the score with their windows, each with a weight or with {weight,"
              + " target, cap}. They replace all weights of a default pyramid.");
  private static final Key<Normalisation> NORMALISE =
      Key.byDefault(
          "normalise",
          EnumShape.of(Normalisation.class),
          "rank",
          "The scaling of an indicator to 0 to 100: by its rank, evenly between the 1st and the"
              + " 99th percentile, the same in logarithms, or as a share of its target.");
  private static final Key<MissingValue> MISSING = missing();
  private static final Key<RankedPopulation> POPULATION = ClassificationKeys.population();
  private static final Key<CutPolicy> CUTS = ClassificationKeys.cuts();
  private static final Key<List<Level>> TIERS =
      Key.byDefault(
          "tiers",
          LevelKeys.tiers(),
          "[{name: PLATINUM, top_share: 0.01}, {name: GOLD, top_share: 0.05},"
              + " {name: SILVER, top_share: 0.20}, {name: BASIC}]",
          "The first tier that holds counts; the last has a name only.");

  private static final Key<BigDecimal> HYSTERESIS =
      Key.byDefault(
          "hysteresis",
          Shapes.upTo(MOST_HYSTERESIS),
          "2",
          "The points by which a score must pass the start of a tier before the customer changes"
              + " its tier, at most half of the way to the next start; 0 for none.");

  private PyramidKeys() {}

  static Key<Map<String, Optional<Pyramid>>> key() {
    ObjectShape<Pyramid> pyramid =
        ObjectShape.of(
            List.of(WEIGHTS, NORMALISE, MISSING, POPULATION, CUTS, TIERS, HYSTERESIS),
            PyramidKeys::pyramid);
    return Key.block(
        "pyramids",
        new OptionalBlock<>(
            new MapOf<>(OptionalBlock.optional(pyramid), "a mapping of names to pyramids", true),
            Map.of()),
        "Scores of weighted indicators, with tiers: <name>_score and <name>_tier. By default profit"
            + " and potential; your own names add pyramids, false in place of one removes it.");
  }

  /** The key for unknown indicators, for every model that adds up indicators. */
  static Key<MissingValue> missing() {
    return Key.optional(
        "missing",
        EnumShape.of(MissingValue.class),
        "An unknown indicator counts as 0 (worst), or its weight is spread over the others (skip)."
            + " By default skip for indicators of contacts, as silence is not anger, and worst for"
            + " others.");
  }

  private static Pyramid pyramid(ObjectFields fields) {
    List<WeightedIndicator> weights = List.copyOf(fields.of(WEIGHTS).values());
    Normalisation normalisation = fields.of(NORMALISE);
    if (fields.has(WEIGHTS) && weights.isEmpty()) {
      fields
          .problems()
          .add(
              fields.at(WEIGHTS),
              "'%s' is empty, expected at least one indicator. Add one such as {profit_365d: 60}."
                  .formatted(fields.at(WEIGHTS).key()));
    }
    if (fields.at().name().contains("__")) {
      fields
          .problems()
          .add(
              fields.at(),
              "'%s' has two _ in a row, which stand between model and indicator in the columns of value_contributions: expected one. Rename it."
                  .formatted(fields.at().key()));
    }
    checkTargets(weights, normalisation, fields);
    return new Pyramid(
        fields.at().name(),
        weights,
        normalisation,
        fields.find(MISSING),
        fields.of(POPULATION),
        fields.of(CUTS),
        LevelKeys.levels(fields.of(TIERS), fields.problems()),
        fields.of(HYSTERESIS),
        !fields.isSaid(WEIGHTS.name()),
        fields.at());
  }

  private static void checkTargets(
      List<WeightedIndicator> weights, Normalisation normalisation, ObjectFields fields) {
    boolean isWanted = normalisation == Normalisation.TARGET;
    List<String> wrong =
        weights.stream()
            .filter(weight -> weight.target().isPresent() != isWanted)
            .map(WeightedIndicator::indicator)
            .toList();
    if (wrong.isEmpty()) {
      return;
    }

    Location at = fields.at(isWanted ? NORMALISE : WEIGHTS);
    String names = String.join(", ", wrong);
    fields
        .problems()
        .add(
            at,
            isWanted
                ? "'%s' is target, but no target is given for: %s. Write {weight: 60, target: 5000}."
                    .formatted(at.key(), names)
                : "'%s' gives targets that are not used: %s. Write 'normalise: target' or remove them."
                    .formatted(at.key(), names));
  }
}
