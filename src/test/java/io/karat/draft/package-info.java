/** Tests of drafts of a configuration. */
package io.karat.draft;
