package io.karat.measures;

import io.karat.engine.DerivedEntries;

/**
 * Measures of a table that is derived from several ledgers.
 *
 * @param entries the entries from which they are read
 */
record DerivedMeasures(LedgerMeasures measures, DerivedEntries entries) {}
