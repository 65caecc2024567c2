package io.karat.settings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Checks.Psi;
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
import java.util.OptionalInt;
import java.util.function.Function;

/** Keys under {@code checks}: each a bare value, or a mapping with more. */
final class CheckKeys {
  private static final int MOST_CHANGE = 100;
  private static final String MAX_PSI = "0.1";
  private static final String HIGH_PSI = "0.25";

  private static final Key<BigDecimal> MAX_QUARANTINE =
      Key.byDefault(
          "max_quarantine",
          either(Key.byDefault("max", Shapes.share(1), "0.01", "The largest share.")),
          "0.01",
          "The largest share of unusable rows, of all and of the newest seven event days.");
  private static final Key<BigDecimal> MAX_UNREADABLE =
      Key.byDefault(
          "max_unreadable",
          either(Key.byDefault("max", Shapes.share(1), "0.01", "The largest share.")),
          "0.01",
          "The largest share of used rows with a value of one optional column that cannot be read;"
              + " up to it a warning.");
  private static final Key<Limit> UNMATCHED_ROWS =
      limit(
          "unmatched_rows",
          Shapes.share(1),
          "0.01",
          "The largest share.",
          "The share of an input's rows for which a joined table has none.");
  private static final Key<Limit> UNMATCHED_CUSTOMERS =
      limit(
          "unmatched_customers",
          Shapes.share(1),
          "0.8",
          "The largest share.",
          "The share of customers of an input that the leading one does not name, or the other way"
              + " round: of the one with fewer customers. Ids that are written in two ways never"
              + " meet.");
  private static final Key<Limit> LARGEST_CUSTOMER_SHARE =
      limit(
          "largest_customer_share",
          Shapes.share(1),
          "0.2",
          "The largest share.",
          "The share of an input's used rows that one customer has, from 10,000 rows on: an id for"
              + " many people is no customer.");
  private static final Key<Severity> FRESHNESS =
      severity(
          "freshness",
          "The severity if the as-of day has no rows, and more open days than usual have none.");
  private static final Key<Limit> ANOMALY =
      limit(
          "anomaly",
          Shapes.positive(OptionalInt.empty()),
          "6",
          "The largest distance.",
          "How far the as-of day's number of rows may be from the median of comparable days, in"
              + " robust standard deviations.");
  private static final Key<Limit> ROW_COUNT_CHANGE =
      limit(
          "row_count_change",
          Shapes.share(MOST_CHANGE),
          "0.5",
          "0.5 is 50 % more or less.",
          "The largest change of the numbers of customers and used rows since the previous night.");
  private static final Key<Severity> UNIQUE =
      severity(
          "unique",
          "The severity if a key appears under several customers or days, or again with other content"
              + " where 'prefer' does not say which counts.");
  private static final Key<Severity> TIER_ORDER =
      severity(
          "tier_order",
          "The severity if a tier is better than the one before it in the mean of the indicator"
              + " that has half of the pyramid's weight.");
  private static final Key<Limit> INDICATOR_CORRELATION =
      limit(
          "indicator_correlation",
          Shapes.share(1),
          "0.95",
          "The correlation at which one thing counts twice.",
          "How far the ranks of two indicators of one pyramid may correlate; default weights are not"
              + " judged.");
  private static final Key<Severity> RECONCILE =
      Key.byDefault(
          "reconcile",
          either(Key.byDefault("severity", always(), "error", "Always error.")),
          "error",
          "Every row read is accounted for. This cannot be weakened.");

  private static final Key<Psi> PSI =
      Key.byDefault(
          "psi",
          psi(),
          "{severity: warn, max: %s, high: %s}".formatted(MAX_PSI, HIGH_PSI),
          "How much the customers of each feature of segments may have drifted since the fit.");
  private static final Key<Limit> SEGMENT_DISTANCE =
      limit(
          "segment_distance",
          Shapes.share(1),
          "0.05",
          "The largest share.",
          "The share of customers further from their centre than 99 % were at the fit.");
  private static final Key<Limit> SEGMENT_MOVEMENT =
      limit(
          "segment_movement",
          Shapes.share(1),
          "0.1",
          "The largest share.",
          "The share of customers who changed segment since the previous night.");
  private static final Key<Limit> SPEND_FREQUENCY_CORRELATION =
      limit(
          "spend_frequency_correlation",
          Shapes.share(1),
          "0.15",
          "The largest correlation, in either direction.",
          "How far purchase frequency and spend may correlate on the night of a fit.");
  private static final Key<BigDecimal> RECOMPUTE_SHARE =
      Key.byDefault(
          "recompute_share",
          either(Key.byDefault("share", Shapes.share(1), "0.033", "The share.")),
          "0.033",
          "The share of days that a night which reads only what is new reads again; a difference"
              + " refuses it.");

  private CheckKeys() {}

  static ObjectShape<Checks> checks() {
    return ObjectShape.of(
            List.of(
                MAX_QUARANTINE,
                MAX_UNREADABLE,
                UNMATCHED_ROWS,
                UNMATCHED_CUSTOMERS,
                LARGEST_CUSTOMER_SHARE,
                FRESHNESS,
                ANOMALY,
                ROW_COUNT_CHANGE,
                UNIQUE,
                TIER_ORDER,
                INDICATOR_CORRELATION,
                RECONCILE,
                PSI,
                SEGMENT_DISTANCE,
                SEGMENT_MOVEMENT,
                SPEND_FREQUENCY_CORRELATION,
                RECOMPUTE_SHARE),
            fields ->
                new Checks(
                    fields.of(MAX_QUARANTINE),
                    fields.of(MAX_UNREADABLE),
                    fields.of(UNMATCHED_ROWS),
                    fields.of(UNMATCHED_CUSTOMERS),
                    fields.of(LARGEST_CUSTOMER_SHARE),
                    fields.of(FRESHNESS),
                    fields.of(ANOMALY),
                    fields.of(ROW_COUNT_CHANGE),
                    fields.of(UNIQUE),
                    fields.of(TIER_ORDER),
                    fields.of(INDICATOR_CORRELATION),
                    fields.of(RECONCILE),
                    fields.of(PSI),
                    fields.of(SEGMENT_DISTANCE),
                    fields.of(SEGMENT_MOVEMENT),
                    fields.of(SPEND_FREQUENCY_CORRELATION),
                    fields.of(RECOMPUTE_SHARE)))
        .notBuilt("not_null", "between", "accepted_values");
  }

  private static Key<Severity> severity(String name, String meaning) {
    return Key.byDefault(name, either(severityKey()), "warn", meaning);
  }

  private static Key<Severity> severityKey() {
    return Key.byDefault("severity", severity(), "warn", "The severity of a failed check.");
  }

  private static <T> ScalarOrObject<T> either(Key<T> only) {
    return new ScalarOrObject<>(
        only.shape(), ObjectShape.of(List.of(only), fields -> fields.of(only)));
  }

  private static Key<Limit> limit(
      String name, Shape<BigDecimal> shape, String otherwise, String meaningOfMax, String meaning) {
    Key<Severity> severity = severityKey();
    Key<BigDecimal> max = Key.byDefault("max", shape, otherwise, meaningOfMax);
    return Key.byDefault(
        name,
        severityOr(
            ObjectShape.of(
                List.of(severity, max), fields -> new Limit(fields.of(severity), fields.of(max))),
            bare -> new Limit(bare, new BigDecimal(otherwise))),
        "{severity: warn, max: %s}".formatted(otherwise),
        meaning);
  }

  private static ScalarOrObject<Psi> psi() {
    Key<Severity> severity = severityKey();
    Key<BigDecimal> max = index("max", MAX_PSI, "The largest index of a feature.");
    Key<BigDecimal> high = index("high", HIGH_PSI, "Above this the drift is called strong.");
    return severityOr(
        ObjectShape.of(
            List.of(severity, max, high),
            fields -> new Psi(fields.of(severity), fields.of(max), fields.of(high))),
        bare -> new Psi(bare, new BigDecimal(MAX_PSI), new BigDecimal(HIGH_PSI)));
  }

  private static Key<BigDecimal> index(String name, String otherwise, String meaning) {
    return Key.byDefault(name, Shapes.positive(OptionalInt.empty()), otherwise, meaning);
  }

  /** A bare severity with the default limits, or a mapping. */
  private static <T> ScalarOrObject<T> severityOr(
      ObjectShape<T> block, Function<Severity, T> withDefaults) {
    Map<String, T> bare = new LinkedHashMap<>();
    severity().words().forEach((word, meant) -> bare.put(word, withDefaults.apply(meant)));
    return new ScalarOrObject<>(new EnumShape<>(bare), block);
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
