/** Tables in general: user-written expressions, contracts, exact sums, content hashes. */
package io.karat.frame;
