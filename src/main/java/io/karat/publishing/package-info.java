/** Publishing of releases, which readers see whole or not at all, and which can be rolled back. */
package io.karat.publishing;
