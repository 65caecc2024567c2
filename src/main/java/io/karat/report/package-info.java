/** The HTML report of a release, the JSON report of a run, and the Prometheus metrics. */
package io.karat.report;
