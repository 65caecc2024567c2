package io.karat.settings;

import io.karat.expressions.Spelling;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.Shapes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Validation of names against the codes of models. */
record NameCheck(ObjectFields fields, Key<Map<String, Optional<BilingualText>>> names) {
  /**
   * Reports keys that are no code, codes that no model has, and codes without a name.
   *
   * @param others codes of other parts of the configuration
   */
  void check(Models models, Set<String> others) {
    Set<String> known = new TreeSet<>(models.codes());
    known.addAll(others);
    known.addAll(DefaultModels.names());
    fields
        .of(names)
        .forEach(
            (code, name) -> {
              if (!Shapes.isCode(code)) {
                note(code, "'%s' is not a code, expected capitals such as GOLD.");
              } else if (!known.contains(code)) {
                note(code, "'%s' is a code that no model has." + advice(code, known));
              } else if (name.isEmpty()) {
                note(code, "'%s' has no name. Add 'en' or 'zh'.");
              }
            });
  }

  private static String advice(String code, Set<String> known) {
    String hint = Spelling.hint(code, known);
    return hint.isEmpty() ? " Remove it." : hint;
  }

  private void note(String code, String message) {
    Location place = fields.at(names.name(), code);
    fields.problems().add(place, message.formatted(place.key()));
  }
}
