/**
 * Exact ranks: order statistics of a column over all customers, such as percentiles and top shares.
 */
package io.karat.ranks;
