package io.karat.settings;

import io.karat.settings.LevelSettings.Condition;
import io.karat.settings.LevelSettings.Condition.Bound;
import io.karat.settings.LevelSettings.Condition.TopShare;
import io.karat.settings.LevelSettings.Condition.TopValueShare;
import io.karat.settings.LevelSettings.Level;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Keys of a list of levels, and the checks of such a list. */
final class LevelKeys {
  private static final int BEST_SCORE = 100;

  private static final Key<String> NAME =
      Key.required("name", Shapes.code(), "OTHER", "The code in tables.");
  private static final Key<BigDecimal> TOP_SHARE =
      Key.optional(
          "top_share", Shapes.part(), "The best share of customers: 0.05 or 5% is one in twenty.");
  private static final Key<BigDecimal> TOP_VALUE_SHARE =
      Key.optional(
          "top_value_share",
          Shapes.part(),
          "The best customers, who together make this share of the sum of positive values.");
  private static final Key<BigDecimal> MIN =
      Key.optional("min", Shapes.number(), "This or more; for indicators where higher is better.");
  private static final Key<BigDecimal> MAX =
      Key.optional("max", Shapes.number(), "This or less; for indicators where lower is better.");
  private static final Key<BigDecimal> MIN_SCORE =
      Key.optional("min_score", Shapes.positive(OptionalInt.of(BEST_SCORE)), "This score or more.");
  private static final Key<String> OF =
      Key.optional(
          "of",
          IndicatorReferences.one(),
          "The indicator that top_value_share adds up, from the best score down; by default the"
              + " score.");

  private LevelKeys() {}

  /** The shape of classes, by the value of an indicator. */
  static Shape<List<Level>> classes() {
    return list(
        List.of(NAME, TOP_VALUE_SHARE, TOP_SHARE, MIN, MAX),
        "a list such as [{name: LARGE, top_value_share: 0.80}, {name: SMALL}]");
  }

  /** The shape of tiers, by a score. */
  static Shape<List<Level>> tiers() {
    return list(
        List.of(NAME, TOP_SHARE, MIN_SCORE, TOP_VALUE_SHARE, OF),
        "a list such as [{name: GOLD, top_share: 0.05}, {name: BASIC}]");
  }

  private static Shape<List<Level>> list(List<Key<?>> keys, String expected) {
    return new ListOf<>(ObjectShape.of(keys, LevelKeys::level), expected, 1, false);
  }

  private static Level level(ObjectFields fields) {
    fields.requireAtMostOne(List.of(TOP_SHARE, TOP_VALUE_SHARE, MIN, MAX, MIN_SCORE));
    if (fields.has(OF) && !fields.has(TOP_VALUE_SHARE)) {
      fields
          .problems()
          .add(
              fields.at(OF),
              "'%s' belongs to 'top_value_share', which is missing. Remove it."
                  .formatted(fields.at(OF).key()));
    }
    return new Level(fields.of(NAME), condition(fields), fields.at());
  }

  private static Optional<Condition> condition(ObjectFields fields) {
    return fields
        .find(TOP_SHARE)
        .<Condition>map(TopShare::new)
        .or(
            () ->
                fields
                    .find(TOP_VALUE_SHARE)
                    .map(share -> new TopValueShare(share, fields.find(OF))))
        .or(() -> fields.find(MIN).map(Bound::new))
        .or(() -> fields.find(MIN_SCORE).map(Bound::new))
        .or(() -> fields.find(MAX).map(most -> new Bound(most, false)));
  }

  /**
   * Makes levels from a list; reports levels that are never reached and customers without a level.
   */
  static LevelSettings levels(List<Level> list, Problems problems) {
    List<Level> before = new ArrayList<>();
    for (Level level : list) {
      check(level, before, level.equals(list.get(list.size() - 1)), problems);
      before.add(level);
    }
    return new LevelSettings(list);
  }

  private static void check(Level level, List<Level> before, boolean isLast, Problems problems) {
    String key = level.at().key();
    if (isLast && level.condition().isPresent()) {
      problems.add(
          level.at(),
          "'%s' is the last and has a condition, so some customers would be in none. Add one"
                  .formatted(key)
              + " without a condition, such as {name: OTHER}.");
    }
    if (!isLast && level.condition().isEmpty()) {
      problems.add(
          level.at(),
          "'%s' has no condition, so later levels are never reached. Add one or move it to the end."
              .formatted(key));
    }

    before.stream()
        .filter(earlier -> earlier.name().equals(level.name()))
        .findFirst()
        .ifPresent(
            earlier ->
                problems.add(
                    level.at(),
                    "'%s' has the name %s, as '%s' has. Choose another name."
                        .formatted(key, level.name(), earlier.at().key())));
    before.stream()
        .filter(earlier -> covers(earlier, level))
        .findFirst()
        .ifPresent(
            earlier ->
                problems.add(
                    level.at(),
                    "'%s' is never reached: all its customers are in %s before it. Widen it or move it up."
                        .formatted(key, earlier.name())));
  }

  private static boolean covers(Level earlier, Level later) {
    return earlier.condition().isPresent()
        && later.condition().isPresent()
        && covers(earlier.condition().get(), later.condition().get());
  }

  private static boolean covers(Condition earlier, Condition later) {
    if (earlier instanceof TopShare wide && later instanceof TopShare narrow) {
      return wide.share().compareTo(narrow.share()) >= 0;
    }
    if (earlier instanceof TopValueShare wide && later instanceof TopValueShare narrow) {
      return wide.of().equals(narrow.of()) && wide.share().compareTo(narrow.share()) >= 0;
    }
    if (earlier instanceof Bound wide
        && later instanceof Bound narrow
        && wide.isLeast() == narrow.isLeast()) {
      int order = wide.value().compareTo(narrow.value());
      return wide.isLeast() ? order <= 0 : order >= 0;
    }
    return earlier instanceof TopShare all && all.share().compareTo(BigDecimal.ONE) == 0;
  }
}
