package io.karat.settings;

/** Policy for the cut points of a model. */
public enum CutPolicy {
  /** Accepted cut points are used until others are accepted. */
  FROZEN,
  /** Cut points are fitted anew on each night's customers. */
  FRESH
}
