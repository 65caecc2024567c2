package io.karat.settings;

import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OneOrMore;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Keys under {@code inputs.<table>.join}. */
final class JoinKeys {
  private static final Key<List<String>> TO =
      Key.inherited(
          "to",
          new ListOf<>(new InputPath(true), "a path or a list of paths", 1, true),
          "[unknown]",
          "Path of the table to join, as of an input; {as_of} and {latest} in it are days.");
  private static final Key<Map<String, String>> ON =
      Key.required(
          "on",
          new ColumnPairs(1),
          "[unknown]",
          "The key: a column that both have, a list of such columns, or pairs of columns, such as"
              + " InvoiceNo: order_number (this input's first).");
  private static final Key<Map<String, String>> COLUMNS =
      Key.byDefault(
          "columns",
          new ColumnPairs(0),
          "[]",
          "The columns to bring: a list of names, or new name: name in the table. Default: all but"
              + " the key.");

  private JoinKeys() {}

  static Key<List<JoinSettings>> join() {
    return Key.byDefault(
        "join",
        new OneOrMore<>(
            ObjectShape.of(
                List.of(TO, InputKeys.FORMAT, InputKeys.OPTIONS, ON, COLUMNS), JoinKeys::join)),
        "[]",
        "Further tables, or a list of them, whose columns the rows get by key before they are"
            + " mapped.");
  }

  private static JoinSettings join(ObjectFields fields) {
    FormatRules rules = new FormatRules(fields, fields.of(InputKeys.FORMAT));
    SortedMap<String, String> options = new TreeMap<>(fields.of(InputKeys.OPTIONS));
    rules.check(options);
    SecretOptions secrets = SecretOptions.of(options);
    options.keySet().removeIf(SecretOptions::isSecret);
    return new JoinSettings(
        rules.paths(TO),
        rules.format(),
        options,
        secrets,
        fields.of(ON),
        fields.of(COLUMNS),
        fields.at());
  }
}
