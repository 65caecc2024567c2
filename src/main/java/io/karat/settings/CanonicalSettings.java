package io.karat.settings;

import com.fasterxml.jackson.databind.node.TextNode;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Settings as canonical text, one line per value, from the components of the records, so that a new
 * setting cannot be forgotten. Locations, {@code isDefault} and secrets are left out: they change
 * no table.
 */
final class CanonicalSettings {
  private static final String IS_DEFAULT = "isDefault";

  private final StringJoiner lines = new StringJoiner("\n", "", "\n");

  private CanonicalSettings() {}

  /** Writes {@code settings} as text, without the components named in {@code without}. */
  static String text(Record settings, Set<String> without) {
    CanonicalSettings canonical = new CanonicalSettings();
    canonical.writeRecord("", settings, without);
    return canonical.lines.toString();
  }

  private void write(String key, Object value) {
    if (value instanceof SecretOptions) {
      return;
    }
    if (value instanceof Optional<?> optional) {
      optional.ifPresent(present -> write(key, present));
    } else if (value instanceof Expression expression) {
      line(key, expression.sql());
    } else if (value instanceof Window window) {
      line(key, window.suffix());
    } else if (value instanceof List<?> list) {
      writeList(key, list);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(key, map);
    } else if (value instanceof Record record) {
      writeRecord(key + ".", record, Set.of());
    } else {
      line(key, value instanceof BigDecimal number ? number.toPlainString() : value.toString());
    }
  }

  private void writeRecord(String prefix, Record record, Set<String> without) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      boolean isOfOrigin =
          component.getType() == Location.class || component.getName().equals(IS_DEFAULT);
      if (!isOfOrigin && !without.contains(component.getName())) {
        write(prefix + component.getName(), valueOf(component, record));
      }
    }
  }

  private void writeList(String key, List<?> list) {
    line(key + ".count", String.valueOf(list.size()));
    for (int i = 0; i < list.size(); i++) {
      write("%s[%d]".formatted(key, i), list.get(i));
    }
  }

  private void writeMap(String key, Map<?, ?> map) {
    Map<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put(name.toString(), value));
    sorted.forEach((name, value) -> write("%s[%s]".formatted(key, quoted(name)), value));
  }

  private void line(String key, String value) {
    lines.add(key + " = " + quoted(value));
  }

  private static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  private static Object valueOf(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException inaccessible) {
      throw new IllegalStateException(
          "Component '%s' cannot be read".formatted(component.getName()), inaccessible);
    }
  }
}
