/** Checks: what would make a night doubtful or wrong, as data. */
package io.karat.quality;
