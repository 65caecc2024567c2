/** The days of one customer as one sorted binary, and their fold into periods. */
package io.karat.ledger;
