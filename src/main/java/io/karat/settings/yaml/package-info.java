/**
 * Strict reading of YAML: shapes of values, their expected form in messages and JSON Schema, and
 * their location in the file.
 */
package io.karat.settings.yaml;
