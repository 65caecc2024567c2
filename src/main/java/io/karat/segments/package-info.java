/**
 * Segments of customers who resemble each other, which keep their ids from one model to the next.
 */
package io.karat.segments;
