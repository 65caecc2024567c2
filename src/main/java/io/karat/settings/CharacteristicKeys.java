package io.karat.settings;

import io.karat.settings.Characteristic.Kind;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarOrObject;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Keys under {@code inputs.customers.characteristics} and {@code extra} of other inputs: a bare
 * kind, or a mapping with more.
 */
final class CharacteristicKeys {
  private static final Key<Kind> KIND =
      Key.required("type", EnumShape.of(Kind.class), "category", "The type of its values.");
  private static final Key<Expression> VALUE =
      Key.optional(
          "value",
          Shapes.expression(),
          "Spark SQL over the source's columns; by default the column of this name.");
  private static final Key<Map<String, BigDecimal>> VALUES =
      Key.byDefault(
          "values",
          new MapOf<>(Shapes.number(), "a mapping of categories to numbers", false),
          "{}",
          "The number of each category, published as <name>_value.");
  private static final Key<Better> BETTER =
      Key.byDefault(
          "better",
          EnumShape.of(Better.class),
          "higher",
          "Whether higher or lower values are better.");
  private static final Key<Optional<BilingualText>> LABEL =
      Key.block("label", IndicatorKeys.phrase(), "The label.");
  private static final Key<Optional<BilingualText>> DEFINITION =
      Key.block("definition", IndicatorKeys.phrase(), "A sentence for the dictionary.");

  private CharacteristicKeys() {}

  static Key<Map<String, Characteristic>> characteristics() {
    return Key.byDefault(
        "characteristics",
        declared("characteristics", List.of(KIND, VALUE, VALUES, BETTER, LABEL, DEFINITION)),
        "{}",
        "Other attributes of customers, as name: category, number, money, flag or date.");
  }

  static Key<Map<String, Characteristic>> extra() {
    return Key.byDefault(
        "extra",
        declared("columns", List.of(KIND, VALUE)),
        "{}",
        "Columns of your own for measures per row, as name: category, number, money, flag or"
            + " date.");
  }

  private static MapOf<Characteristic> declared(String what, List<Key<?>> keys) {
    EnumShape<Kind> kinds = EnumShape.of(Kind.class);
    Shape<Characteristic> kindAlone =
        new ScalarShape<>(
            kinds.expected() + ", or a mapping such as {type: category, value: city}",
            kinds.schema(),
            CharacteristicKeys::bare,
            kinds.words().keySet());
    return new MapOf<>(
        new ScalarOrObject<>(kindAlone, ObjectShape.of(keys, CharacteristicKeys::characteristic)),
        "a mapping of names to " + what,
        true);
  }

  private static Optional<Characteristic> bare(String kind, Location at) {
    return Optional.ofNullable(EnumShape.of(Kind.class).words().get(kind))
        .map(
            known ->
                new Characteristic(
                    at.name(),
                    known,
                    ofItself(at),
                    Collections.emptySortedMap(),
                    Better.HIGHER,
                    Optional.empty(),
                    Optional.empty(),
                    at));
  }

  private static Characteristic characteristic(ObjectFields fields) {
    Location at = fields.at();
    Kind kind = fields.of(KIND);
    SortedMap<String, BigDecimal> values = new TreeMap<>(fields.of(VALUES));
    if (kind != Kind.CATEGORY && !values.isEmpty()) {
      Location place = at.child(VALUES.name());
      fields
          .problems()
          .add(
              place,
              "'%s' gives numbers to categories, but the type is not category. Remove it."
                  .formatted(place.key()));
    }
    return new Characteristic(
        at.name(),
        kind,
        fields.find(VALUE).orElseGet(() -> ofItself(at)),
        values,
        fields.of(BETTER),
        fields.of(LABEL),
        fields.of(DEFINITION),
        at);
  }

  private static Expression ofItself(Location at) {
    return new Expression(at.name(), at);
  }
}
