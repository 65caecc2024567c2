/** Common test support: frames as text, a shared session, a configured night. */
package io.karat.testing;
