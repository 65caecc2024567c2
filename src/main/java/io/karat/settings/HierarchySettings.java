package io.karat.settings;

import io.karat.settings.yaml.Location;

/**
 * Settings of groups of customers, such as a company with its subsidiaries.
 *
 * @param by the column of the parent customer
 * @param levels the levels of a group at most, the topmost customer included
 */
public record HierarchySettings(String by, int levels, OnCycle onCycle, Level level, Location at) {
  /** The defaults. */
  public static HierarchySettings builtIn() {
    return HierarchyKeys.builtIn();
  }

  /** Whether groups are scored in place of customers. */
  public boolean groupsAreCustomers() {
    return level == Level.GROUP;
  }

  /** Treatment of customers who are parents of each other in a circle. */
  public enum OnCycle {
    /** The night is refused. */
    REFUSE,
    /** The customer with the least id becomes the topmost one. */
    CUT
  }

  /** Subjects of classes and tiers. */
  public enum Level {
    /** Customers alone. */
    ACCOUNT,
    /** Groups in place of customers. */
    GROUP,
    /** Customers, and groups as a whole. */
    BOTH
  }
}
