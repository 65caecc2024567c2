/**
 * The configuration of a business: its settings and their strict reader, which reports all problems
 * at once.
 */
package io.karat.settings;
