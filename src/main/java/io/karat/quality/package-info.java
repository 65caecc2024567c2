/** Checks of a night, as data: what was measured, what is allowed, and the consequence. */
package io.karat.quality;
