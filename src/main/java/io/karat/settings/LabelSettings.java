package io.karat.settings;

import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.util.List;
import java.util.Optional;

/**
 * A word per customer: what the first rule that holds says.
 *
 * @param name the column of the label
 * @param rules the last has no condition
 * @param isDefault whether it comes with Karat
 */
public record LabelSettings(String name, List<Rule> rules, boolean isDefault, Location at) {
  public LabelSettings {
    rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param when over indicators, scores, tiers, classes and labels before this one; unknown does
   *     not hold
   * @param then the word
   */
  public record Rule(Optional<Expression> when, String then, Location at) {}
}
