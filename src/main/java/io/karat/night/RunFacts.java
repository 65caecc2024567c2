package io.karat.night;

import java.time.Instant;

/**
 * What is written down about a run for people; no calculation sees it.
 *
 * @param started when it started
 * @param now when its tables were written
 * @param code digest of the code that ran
 * @param settings digest of the settings that can change a table
 * @param goesLive whether readers are to see it
 */
record RunFacts(Instant started, Instant now, String code, String settings, boolean goesLive) {}
