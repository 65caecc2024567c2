/** Segments: groups of customers who resemble each other, and that keep their meaning. */
package io.karat.segments;
