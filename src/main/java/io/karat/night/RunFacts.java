package io.karat.night;

import java.time.Instant;

/**
 * Facts of a run that are recorded for people; no calculation uses them.
 *
 * @param started the time at which it started
 * @param now the time at which its tables were written
 * @param code digest of the code that ran
 * @param settings digest of the settings that can change a table
 * @param goesLive whether readers will see it
 */
record RunFacts(Instant started, Instant now, String code, String settings, boolean goesLive) {}
