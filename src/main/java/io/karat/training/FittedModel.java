package io.karat.training;

import io.karat.models.ModelCandidate;
import io.karat.publishing.ModelFit;

/**
 * A model that was learned by hand, and kept.
 *
 * @param fit when, and from which release
 * @param candidate the model, and what people should know of it
 */
public record FittedModel(ModelFit fit, ModelCandidate candidate) {}
