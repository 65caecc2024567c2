/**
 * Spark's internals where a public interface is lacking: aggregates, rules for physical plans,
 * files, and what actions throw.
 */
package io.karat.engine;
