/** Indicators: what a business knows about a customer, computed from measures. */
package io.karat.indicators;
