/** The PostgreSQL mart: the live release as views for BI tools. */
package io.karat.mart;
