package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.List;
import java.util.Optional;

/**
 * Settings of a label: a word per customer, given by the first rule whose condition is true.
 *
 * @param name the column of the label
 * @param rules in order; the last has no condition
 * @param isDefault whether the label is a built-in one
 */
public record LabelSettings(String name, List<Rule> rules, boolean isDefault, Location at) {
  public LabelSettings {
    rules = List.copyOf(rules);
  }

  /**
   * Rule of a label.
   *
   * @param when a condition over indicators, scores, tiers, classes and earlier labels; null counts
   *     as false
   * @param then the word
   */
  public record Rule(Optional<Expression> when, String then, Location at) {}
}
