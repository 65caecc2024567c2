/** Who is worth what, and why: classes, scores, tiers and labels, made of indicators. */
package io.karat.scores;
