/** The report of a night to OpenLineage: what it read, published and checked. */
package io.karat.lineage;
