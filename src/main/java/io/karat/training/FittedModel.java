package io.karat.training;

import io.karat.models.ModelCandidate;
import io.karat.publishing.ModelFit;

/**
 * Model that was fitted on command and kept as a candidate.
 *
 * @param fit the time of the fit and the release it was fitted on
 * @param candidate the model and the notes on it
 */
public record FittedModel(ModelFit fit, ModelCandidate candidate) {}
