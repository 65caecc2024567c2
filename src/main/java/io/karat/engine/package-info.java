/**
 * Spark's internals where a public interface is lacking: an aggregate and a rule for physical
 * plans.
 */
package io.karat.engine;
