package io.karat.settings;

import io.karat.settings.IndicatorSettings.Better;
import io.karat.settings.IndicatorSettings.Category;
import io.karat.settings.IndicatorSettings.Growth;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shape;
import io.karat.settings.yaml.Shapes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keys under {@code indicators}, which the built-in catalogue uses too. */
final class IndicatorKeys {
  private static final Key<Category> CATEGORY =
      Key.byDefault(
          "category", EnumShape.of(Category.class), "trading", "The category of the indicator.");
  private static final Key<Expression> VALUE =
      Key.required(
          "value",
          Shapes.expression(),
          "'NULL'",
          "Spark SQL over measures and indicators; a windowed name means each window in turn.");
  private static final Key<Better> BETTER =
      Key.byDefault(
          "better",
          EnumShape.of(Better.class),
          "higher",
          "Whether higher or lower values are better.");
  private static final Key<Unit> UNIT =
      Key.byDefault("unit", EnumShape.of(Unit.class), "number", "The unit of the values.");
  private static final Key<Growth> GROWS =
      Key.byDefault(
          "grows",
          EnumShape.of(Growth.class),
          "never",
          "Whether a customer's value grows merely because days pass: as sums over a lifetime do,"
              + " until the next event, as days since the last sale do, or always. The check psi"
              + " does not judge what grows over a lifetime or always, and counts days until the"
              + " next event in steps of nine weeks.");
  private static final Key<Boolean> WINDOW =
      Key.byDefault(
          "window",
          new EnumShape<>(windowed()),
          "each",
          "each: one column per window. none: a single column over all days up to the as-of day.");
  private static final Key<Optional<BilingualText>> LABEL =
      Key.block("label", phrase(), "The label; by default the name.");
  private static final Key<Optional<BilingualText>> DEFINITION =
      Key.block("definition", phrase(), "A sentence for the dictionary.");
  private static final Key<List<String>> REQUIRES =
      Key.byDefault(
          "requires",
          new ListOf<>(
              ourColumn(),
              "a list of Karat's tables or columns, such as [cost, contacts.satisfaction]",
              0,
              false),
          "[]",
          "Karat's tables and columns that must be mapped for it.");
  private static final Key<List<Window>> WINDOWS =
      Key.byDefault(
          "windows",
          new ListOf<>(window(), "a list such as [90d, lifetime]", 1, false),
          "[365d]",
          "The windows of every windowed indicator, in the order of the columns.");

  static final Key<Map<String, MeasureSettings>> MEASURES =
      Key.byDefault(
          "measures",
          new MapOf<>(MeasureKeys.measure(), "a mapping of names to measures", true),
          "{}",
          "Measures of your own: one aggregate of one expression each.");

  private IndicatorKeys() {}

  static ObjectShape<Indicators> indicators() {
    Key<Map<String, IndicatorSettings>> custom =
        named("custom", "Indicators of your own over measures.");
    return ObjectShape.of(
        List.of(WINDOWS, MEASURES, custom),
        fields ->
            new Indicators(
                fields.of(WINDOWS),
                new TreeMap<>(fields.of(MEASURES)),
                new TreeMap<>(fields.of(custom))));
  }

  /** The shape of the built-in catalogue. */
  static ObjectShape<Catalogue> catalogue() {
    Key<Map<String, IndicatorSettings>> indicators = named("indicators", "Built-in indicators.");
    Key<Map<String, Optional<BilingualText>>> characteristics =
        Key.byDefault(
            "characteristics",
            new MapOf<>(phrase(), "a mapping of names to labels", true),
            "{}",
            "Labels of common characteristics.");
    return ObjectShape.of(
        List.of(MEASURES, indicators, characteristics),
        fields -> {
          Map<String, BilingualText> labels = new LinkedHashMap<>();
          fields
              .of(characteristics)
              .forEach((name, label) -> labels.put(name, label.orElseThrow()));
          return new Catalogue(fields.of(MEASURES), fields.of(indicators), labels);
        });
  }

  private static Key<Map<String, IndicatorSettings>> named(String name, String meaning) {
    return Key.byDefault(
        name, new MapOf<>(indicator(), "a mapping of names to indicators", true), "{}", meaning);
  }

  private static ObjectShape<IndicatorSettings> indicator() {
    return ObjectShape.of(
        List.of(VALUE, CATEGORY, BETTER, UNIT, GROWS, WINDOW, LABEL, DEFINITION, REQUIRES),
        fields ->
            new IndicatorSettings(
                fields.at().name(),
                fields.of(CATEGORY),
                fields.of(VALUE),
                fields.of(BETTER),
                fields.of(UNIT),
                fields.of(GROWS),
                fields.of(WINDOW),
                fields.of(LABEL).orElseGet(() -> BilingualText.inWords(fields.at().name())),
                fields.of(DEFINITION),
                fields.of(REQUIRES),
                fields.at()));
  }

  /** The shape of a text in both languages; a text given in one language only serves for both. */
  static ObjectShape<Optional<BilingualText>> phrase() {
    Key<String> english = Key.optional("en", Shapes.text("text"), "In English.");
    Key<String> chinese = Key.optional("zh", Shapes.text("text"), "In Chinese.");
    return ObjectShape.of(
        List.of(english, chinese),
        fields -> {
          Optional<String> en = fields.find(english);
          Optional<String> zh = fields.find(chinese);
          return en.or(() -> zh)
              .map(either -> new BilingualText(en.orElse(either), zh.orElse(either)));
        });
  }

  private static Shape<Window> window() {
    return new ScalarShape<>(
        "lifetime or a number of days from 1d to 36500d",
        JsonSchema.orVariable(
            JsonSchema.type("string").put("pattern", "^([1-9][0-9]{0,4}d|lifetime)$")),
        (text, at) -> Window.parse(text),
        List.of(Window.LIFETIME.suffix()));
  }

  private static Map<String, Boolean> windowed() {
    Map<String, Boolean> words = new LinkedHashMap<>();
    words.put("each", true);
    words.put("none", false);
    return words;
  }

  private static Shape<String> ourColumn() {
    Map<String, String> names = new LinkedHashMap<>();
    for (InputTable table : InputTable.values()) {
      names.put(table.tableName(), table.tableName());
      table
          .columns()
          .forEach(
              column -> {
                String name = table.tableName() + "." + column.name();
                names.put(name, name);
                if (table == InputTable.TRANSACTIONS) {
                  names.put(column.name(), name);
                }
              });
    }

    return new ScalarShape<>(
        "one of Karat's tables or columns, such as payments, cost or contacts.satisfaction",
        new EnumShape<>(names).schema(),
        (name, at) -> Optional.ofNullable(names.get(name)),
        names.keySet());
  }
}
