/** Exact ranks: who is above whom in a column of all customers, and where shares of them end. */
package io.karat.ranks;
