package io.karat.groups;

/** Role of customers within their group, by which figures are added up. */
enum Role {
  /** The topmost customer alone. */
  OWN,
  /** All others. */
  CHILD,
  /** All customers. */
  TOTAL
}
