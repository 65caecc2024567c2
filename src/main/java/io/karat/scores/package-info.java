/**
 * Scores of customers: indicators become points from 0 to 100, points become scores, and scores
 * become tiers, bins, classes and labels.
 */
package io.karat.scores;
