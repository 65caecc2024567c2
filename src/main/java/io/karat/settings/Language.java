package io.karat.settings;

/** The language of labels in report, comments and dictionary. */
public enum Language {
  /** English. */
  EN,
  /** Chinese. */
  ZH
}
