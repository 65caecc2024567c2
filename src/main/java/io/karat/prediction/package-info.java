/** Prediction: regressions on indicators that say who will buy, for how much, and why not. */
package io.karat.prediction;
