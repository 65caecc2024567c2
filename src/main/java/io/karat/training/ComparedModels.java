package io.karat.training;

import io.karat.models.Model;
import io.karat.models.ModelComparison;
import io.karat.publishing.Release;

/**
 * Comparison of another model with the one of the live release, on that release's customers.
 *
 * @param live the model with which the release was made
 * @param comparison empty if both are the same model
 */
public record ComparedModels(Release release, Model live, Model other, ModelComparison comparison) {
  public boolean isSame() {
    return live.equals(other);
  }
}
