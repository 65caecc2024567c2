package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.yaml.Problems;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import io.karat.settings.yaml.Value;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Shape of the path of an input's files.
 *
 * @param isSnapshot whether the rows are those of one day, which the path may then contain
 */
record InputPath(boolean isSnapshot) implements Shape<String> {
  private static final Shape<String> TEXT = Shapes.text("a path");
  private static final List<String> DAYS = List.of("{as_of}", "{latest}");

  @Override
  public Optional<String> read(Value value, Problems problems) {
    Optional<String> path = TEXT.read(value, problems);
    Optional<String> day = path.flatMap(text -> DAYS.stream().filter(text::contains).findFirst());
    if (!isSnapshot) {
      day.ifPresent(
          name ->
              problems.add(
                  value.at(),
                  "'%s' has %s, which is for customers, opportunities and aliases. Name the folder above it."
                      .formatted(value.at().key(), name)));
    } else if (path.filter(InputPath::hasSeveralDays).isPresent()) {
      problems.add(value.at(), "'%s' has more than one day. Keep one.".formatted(value.at().key()));
    }
    return path;
  }

  private static boolean hasSeveralDays(String path) {
    int days = 0;
    for (String day : DAYS) {
      days += path.split(Pattern.quote(day), -1).length - 1;
    }
    return days > 1;
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
