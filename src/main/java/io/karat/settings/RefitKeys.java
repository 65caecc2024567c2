package io.karat.settings;

import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Shapes;

/** Keys of models that nights fit anew: when they do, and what becomes of the fit. */
final class RefitKeys {
  /** Ten years. */
  static final int MOST_DAYS = 3_650;

  static final Key<Integer> REFIT_AFTER_DAYS =
      Key.byDefault(
          "refit_after_days",
          Shapes.wholeNumber(1, MOST_DAYS),
          "30",
          "The age in days from which a night fits a candidate.");
  static final Key<Accept> ACCEPT =
      Key.byDefault(
          "accept",
          EnumShape.of(Accept.class),
          "manual",
          "Whether a fitted model waits for models accept, or is used at once.");

  private RefitKeys() {}
}
