/** One execution of the job: its as-of day, its identity, and its possible exit codes. */
package io.karat.run;
