package io.karat.training;

import io.karat.models.Model;
import io.karat.models.ModelComparison;
import io.karat.publishing.Release;

/**
 * How another model would value the customers of the live release.
 *
 * @param live what the release was made with
 * @param comparison empty where both are the same model
 */
public record ComparedModels(Release release, Model live, Model other, ModelComparison comparison) {
  public boolean isSame() {
    return live.equals(other);
  }
}
