/** Tests of commands and their output, word for word. */
package io.karat.cli;
