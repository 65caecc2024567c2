/**
 * One execution of the job: its as-of day, its identity, and its possible exit codes; and the
 * spelling of JSON and of constants that all packages share.
 */
package io.karat.run;
