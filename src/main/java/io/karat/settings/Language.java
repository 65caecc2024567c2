package io.karat.settings;

/** Language of labels in report, comments and dictionary. */
public enum Language {
  /** English. */
  EN,
  /** Chinese. */
  ZH
}
