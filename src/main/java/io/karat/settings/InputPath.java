package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Where files of an input lie. A day in the path belongs to snapshot tables, of later versions. */
record InputPath() implements Shape<String> {
  private static final Shape<String> TEXT = Shapes.text("a path");
  private static final List<String> DAYS = List.of("{as_of}", "{latest}");

  @Override
  public Optional<String> read(Value value, Problems problems) {
    Optional<String> path = TEXT.read(value, problems);
    Optional<String> day = path.flatMap(text -> DAYS.stream().filter(text::contains).findFirst());
    day.ifPresent(
        name ->
            problems.add(
                value.at(),
                "'%s' has %s, which is not built yet for transactions. Name the folder above it."
                    .formatted(value.at().key(), name)));
    return path;
  }

  @Override
  public String expected() {
    return TEXT.expected();
  }

  @Override
  public ObjectNode schema() {
    return TEXT.schema();
  }
}
