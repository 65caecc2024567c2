package io.karat.draft;

/**
 * Column of an input as it is guessed.
 *
 * @param name ours
 * @param expression over the columns of the source
 * @param reason for the guess
 * @param check what a person should look at; empty if the guess is sure
 */
record DraftColumn(String name, String expression, String reason, String check) {}
