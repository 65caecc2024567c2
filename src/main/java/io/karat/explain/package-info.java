/**
 * One customer explained: rows counted, indicators, score contributions, segment, lifetime value.
 */
package io.karat.explain;
