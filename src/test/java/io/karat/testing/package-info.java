/** Frames as text, a shared session, and whatever else tests have in common. */
package io.karat.testing;
