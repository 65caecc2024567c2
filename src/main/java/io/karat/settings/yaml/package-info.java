/** How YAML is read strictly: shapes of values, what was expected, and where it stood. */
package io.karat.settings.yaml;
