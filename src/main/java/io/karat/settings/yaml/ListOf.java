package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Value.Scalar;
import io.karat.settings.yaml.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shape of a list without repetitions.
 *
 * @param least the least number of items: 0 or 1
 * @param alone whether a single item may stand without its list
 */
public record ListOf<T>(Shape<T> item, String expected, int least, boolean alone)
    implements Shape<List<T>> {
  @Override
  public Optional<List<T>> read(Value value, Problems problems) {
    if (alone && value instanceof Scalar scalar && !scalar.isEmpty()) {
      return item.read(value, problems).map(List::of);
    }

    if (!(value instanceof Sequence list) || list.items().size() < least) {
      return refuse(value, "", problems);
    }

    return Optional.of(items(list, problems));
  }

  private List<T> items(Sequence list, Problems problems) {
    List<T> items = new ArrayList<>();
    for (Value written : list.items()) {
      Optional<T> read = item.read(written, problems);
      if (read.filter(items::contains).isPresent()) {
        problems.add(
            written.at(),
            "'%s' has %s twice. Keep one.".formatted(list.at().key(), written.found()));
      } else {
        read.ifPresent(items::add);
      }
    }

    return items;
  }

  @Override
  public ObjectNode schema() {
    ObjectNode list = JsonSchema.type("array");
    list.set("items", item.schema());
    list.put("uniqueItems", true);
    if (least > 0) {
      list.put("minItems", least);
    }

    return alone ? JsonSchema.anyOf(item.schema(), list) : list;
  }
}
