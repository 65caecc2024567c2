/** The dictionary of tables, columns, indicators, inputs and functions, as Markdown. */
package io.karat.dictionary;
