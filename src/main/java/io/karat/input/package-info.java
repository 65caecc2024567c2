/**
 * Inputs: source rows are renamed, typed, validated and deduplicated, and every row is accounted
 * for.
 */
package io.karat.input;
