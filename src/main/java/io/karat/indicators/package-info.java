/** Indicators of customers, computed from measures. */
package io.karat.indicators;
