/** Measures: what is added up per customer, over days and windows. */
package io.karat.tiles;
