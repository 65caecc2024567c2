/** Drafts of a configuration from data that nobody has described yet. */
package io.karat.draft;
