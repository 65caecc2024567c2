/** What people type and what they are told, word for word. */
package io.karat.cli;
