/** What a run says of itself. */
package io.karat.report;
