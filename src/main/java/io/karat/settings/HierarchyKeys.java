package io.karat.settings;

import io.karat.settings.HierarchySettings.Level;
import io.karat.settings.HierarchySettings.OnCycle;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value.Mapping;
import java.util.List;
import java.util.Optional;

/** Keys under {@code hierarchy}. */
final class HierarchyKeys {
  private static final int MOST_LEVELS = 100;

  private static final Key<String> BY =
      Key.byDefault(
          "by",
          Shapes.text("parent_customer_id or a category of customers"),
          "parent_customer_id",
          "The column of customers that has the parent.");
  private static final Key<Integer> LEVELS =
      Key.byDefault(
          "levels",
          Shapes.wholeNumber(2, MOST_LEVELS),
          "10",
          "The levels of a group at most; a night with more is refused.");
  private static final Key<OnCycle> ON_CYCLE =
      Key.byDefault(
          "on_cycle",
          EnumShape.of(OnCycle.class),
          "refuse",
          "Customers who are parents of each other in a circle: refuse the night, or cut the circle"
              + " at the customer with the least id.");
  private static final Key<Level> LEVEL =
      Key.byDefault(
          "level",
          EnumShape.of(Level.class),
          "account",
          "Who has classes and tiers: customers alone, groups in place of customers, or both.");

  private HierarchyKeys() {}

  static Key<Optional<HierarchySettings>> key() {
    return Key.optional(
        "hierarchy",
        OptionalBlock.optional(
            ObjectShape.of(List.of(BY, LEVELS, ON_CYCLE, LEVEL), HierarchyKeys::hierarchy)),
        "Groups of customers, such as a company with its subsidiaries; off unless it is here, {}"
            + " takes the defaults.");
  }

  static HierarchySettings builtIn() {
    Mapping nothing = Mapping.empty(new Location(Location.DEFAULT, "hierarchy"));
    return hierarchy(new ObjectFields(nothing, new Problems()));
  }

  private static HierarchySettings hierarchy(ObjectFields fields) {
    return new HierarchySettings(
        fields.of(BY), fields.of(LEVELS), fields.of(ON_CYCLE), fields.of(LEVEL), fields.at());
  }
}
