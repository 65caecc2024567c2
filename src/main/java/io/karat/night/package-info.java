/**
 * The nightly job, told in the order in which the data flows. Start reading at {@link
 * io.karat.night.NightJob}.
 */
package io.karat.night;
