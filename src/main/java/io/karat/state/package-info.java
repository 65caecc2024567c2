/**
 * State that a night keeps for the next one: files read, rows counted, and the days to build anew.
 */
package io.karat.state;
