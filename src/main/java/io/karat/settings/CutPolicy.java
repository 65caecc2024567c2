package io.karat.settings;

/** Whether tonight's cut points are those of an accepted model. */
public enum CutPolicy {
  /** Those that were accepted hold until others are. */
  FROZEN,
  /** They are learned anew from each night's customers. */
  FRESH
}
