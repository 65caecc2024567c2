/** What BI tools query: the live release as views of a PostgreSQL database. */
package io.karat.mart;
