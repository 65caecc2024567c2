/** Measures: sums, counts and extremes per customer over days and windows, with the receivables. */
package io.karat.measures;
