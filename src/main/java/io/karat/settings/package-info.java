/** What a business may say about its night: the configuration, read strictly and all at once. */
package io.karat.settings;
