/** The nightly job, told in the order in which the data flows. Start reading at NightJob. */
package io.karat;
