/** Tables in general: contracts of columns, exact money, content hashes. */
package io.karat.tables;
