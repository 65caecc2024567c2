/** The publisher into tables of an Iceberg catalog, by Spark's SQL alone. */
package io.karat.lakehouse;
