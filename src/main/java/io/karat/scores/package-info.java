/**
 * Who is worth what: indicators become numbers from 0 to 100, numbers become scores, and scores
 * become tiers, bins, classes and labels; by one mechanism each.
 */
package io.karat.scores;
