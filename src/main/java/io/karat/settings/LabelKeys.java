package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.LabelSettings.Rule;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys under {@code labels}. */
final class LabelKeys {
  private static final Key<Expression> WHEN =
      Key.optional(
          "when",
          Shapes.expression(),
          "Spark SQL over indicators with their windows, scores, tiers, classes and earlier labels;"
              + " a condition on an unknown value does not hold.");
  private static final Key<String> THEN =
      Key.required("then", Shapes.code(), "OTHER", "The label of the customer.");
  private static final ListOf<Rule> RULES =
      new ListOf<>(
          ObjectShape.of(
              List.of(WHEN, THEN),
              fields -> new Rule(fields.find(WHEN), fields.of(THEN), fields.at())),
          "a list of rules such as [{when: recency_days > 730, then: LOST}, {then: ACTIVE}]",
          1,
          false);

  private LabelKeys() {}

  static Key<Map<String, Optional<LabelSettings>>> key() {
    return Key.block(
        "labels",
        new OptionalBlock<>(
            new MapOf<>(
                OptionalBlock.optional(new LabelShape()),
                "a mapping of names to lists of rules",
                true),
            Map.of()),
        "Labels of customers, by the first rule that holds. By default lifecycle, loyalty,"
            + " profit_service, buyer_type and relationship_level; your own names add labels, false"
            + " in place of one removes it.");
  }

  /** The shape of a list of rules, which becomes a label named by its key. */
  static Shape<LabelSettings> label() {
    return new LabelShape();
  }

  private static LabelSettings labelling(Location at, List<Rule> rules, Problems problems) {
    Map<String, Rule> conditions = new HashMap<>();
    for (Rule rule : rules) {
      checkEnd(rule, rule.equals(rules.get(rules.size() - 1)), problems);
      rule.when()
          .flatMap(when -> Optional.ofNullable(conditions.putIfAbsent(when.sql(), rule)))
          .ifPresent(
              same ->
                  problems.add(
                      rule.at(),
                      "'%s' is never reached: '%s' has the same condition. Remove one."
                          .formatted(rule.at().key(), same.at().key())));
    }
    return new LabelSettings(at.name(), rules, at.isDefault(), at);
  }

  private static void checkEnd(Rule rule, boolean isLast, Problems problems) {
    if (isLast && rule.when().isPresent()) {
      problems.add(
          rule.at(),
          "'%s' is the last and has a condition, so some customers would have no label. Add one"
                  .formatted(rule.at().key())
              + " without a condition, such as {then: OTHER}.");
    }
    if (!isLast && rule.when().isEmpty()) {
      problems.add(
          rule.at(),
          "'%s' has no condition, so later rules are never reached. Add one or move it to the end."
              .formatted(rule.at().key()));
    }
  }

  /** Shape of a list of rules, which becomes a label named by its key. */
  private record LabelShape() implements Shape<LabelSettings> {
    @Override
    public Optional<LabelSettings> read(Value value, Problems problems) {
      return RULES.read(value, problems).map(rules -> labelling(value.at(), rules, problems));
    }

    @Override
    public String expected() {
      return RULES.expected();
    }

    @Override
    public ObjectNode schema() {
      return RULES.schema();
    }
  }
}
