package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.Checks.RowCountChange;
import io.karat.settings.Checks.Severity;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarOrObject;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys under {@code checks}: each a bare value, or a mapping with more. */
final class CheckKeys {
  private static final int MOST_CHANGE = 100;

  private static final Key<BigDecimal> MAX_QUARANTINE =
      Key.byDefault(
          "max_quarantine",
          either(Key.byDefault("max", Shapes.share(1), "0.01", "The largest share.")),
          "0.01",
          "The largest share of unusable rows, of all and of the newest seven event days.");
  private static final Key<Severity> FRESHNESS =
      severity("freshness", "What it means that the as-of day has no rows.");
  private static final Key<RowCountChange> ROW_COUNT_CHANGE =
      Key.byDefault(
          "row_count_change",
          rowCountChange(),
          "{severity: warn, max: 0.5}",
          "How much the number of customers and used rows may change against the night before.");
  private static final Key<Severity> UNIQUE =
      severity("unique", "What it means that a key appears under several customers or days.");
  private static final Key<Severity> RECONCILE =
      Key.byDefault(
          "reconcile",
          either(Key.byDefault("severity", always(), "error", "Always error.")),
          "error",
          "Every row read is accounted for. This cannot be weakened.");

  private CheckKeys() {}

  static ObjectShape<Checks> checks() {
    return ObjectShape.of(
            List.of(MAX_QUARANTINE, FRESHNESS, ROW_COUNT_CHANGE, UNIQUE, RECONCILE),
            fields ->
                new Checks(
                    fields.of(MAX_QUARANTINE),
                    fields.of(FRESHNESS),
                    fields.of(ROW_COUNT_CHANGE),
                    fields.of(UNIQUE),
                    fields.of(RECONCILE)))
        .notBuilt("not_null", "between", "accepted_values", "anomaly", "psi", "recompute_share");
  }

  private static Key<Severity> severity(String name, String meaning) {
    return Key.byDefault(name, either(severityKey()), "warn", meaning);
  }

  private static Key<Severity> severityKey() {
    return Key.byDefault("severity", severity(), "warn", "What a failed check does.");
  }

  private static <T> ScalarOrObject<T> either(Key<T> only) {
    return new ScalarOrObject<>(
        only.shape(), ObjectShape.of(List.of(only), fields -> fields.of(only)));
  }

  private static ScalarOrObject<RowCountChange> rowCountChange() {
    Key<Severity> severity = severityKey();
    Key<BigDecimal> max =
        Key.byDefault("max", Shapes.share(MOST_CHANGE), "0.5", "0.5 is half more or half less.");
    ObjectShape<RowCountChange> block =
        ObjectShape.of(
            List.of(severity, max),
            fields -> new RowCountChange(fields.of(severity), fields.of(max)));
    Map<String, RowCountChange> bare = new LinkedHashMap<>();
    severity()
        .words()
        .forEach((word, meant) -> bare.put(word, new RowCountChange(meant, new BigDecimal("0.5"))));
    return new ScalarOrObject<>(new EnumShape<>(bare, List.of()), block);
  }

  private static EnumShape<Severity> severity() {
    return EnumShape.of(Severity.class);
  }

  private static Shape<Severity> always() {
    ObjectNode schema = JsonSchema.object().put("const", "error");
    return ScalarShape.of(
        "error: a night that does not add up is never published",
        schema,
        text -> text.equals("error") ? Optional.of(Severity.ERROR) : Optional.empty());
  }
}
