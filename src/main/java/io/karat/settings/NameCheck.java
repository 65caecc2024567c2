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
   * Reports keys that name nothing, and those without a name.
   *
   * @param others what may have a name in other parts of the configuration
   */
  void check(Models models, Set<String> others) {
    Set<String> known = new TreeSet<>(models.codes());
    known.addAll(others);
    known.addAll(DefaultModels.names());
    known.addAll(models.columns());
    fields
        .of(names)
        .forEach(
            (code, name) -> {
              if (!known.contains(code)) {
                note(
                    code,
                    Shapes.isCode(code)
                        ? "'%s' is a code that no model has." + advice(code, known)
                        : "'%s' is neither a code such as GOLD nor the column of a model such as"
                            + " profit_tier."
                            + Spelling.hint(code, known));
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
