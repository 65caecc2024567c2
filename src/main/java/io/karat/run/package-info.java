/** What one execution of the job is: its day, its identity, and the ways in which it can end. */
package io.karat.run;
