package io.karat.draft;

/**
 * Condition under which rows of a table are those of an input, as it is guessed.
 *
 * @param expression in Spark SQL
 * @param reason why the other rows do not count
 */
record DraftCondition(String expression, String reason) {}
