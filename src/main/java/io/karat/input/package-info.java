/** The inputs: source rows renamed, typed and judged, so that every row is accounted for. */
package io.karat.input;
