package io.karat.indicators;

import static io.karat.settings.Translations.text;

import io.karat.settings.BilingualText;
import io.karat.settings.Catalogue;
import io.karat.settings.Characteristic;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.IndicatorSettings.Category;
import io.karat.settings.IndicatorSettings.Growth;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSettings;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Over;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Expression;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Declared characteristics of customers as measures and indicators. A customer has one row, so the
 * maximum is its value.
 */
final class Characteristics {
  private static final String BIRTH_DATE = "birth_date";
  private static final String AGE = "age";

  private final Map<String, BilingualText> usual;
  private final Map<String, MeasureSettings> measures = new LinkedHashMap<>();
  private final Map<String, IndicatorSettings> indicators = new LinkedHashMap<>();

  private Characteristics(Map<String, BilingualText> usual) {
    this.usual = usual;
  }

  /**
   * The measures and indicators of the characteristics that a configuration declares.
   *
   * @param usual names of usual characteristics
   */
  static Catalogue of(Settings settings, Map<String, BilingualText> usual, Problems problems) {
    Characteristics characteristics = new Characteristics(usual);
    Map<String, Characteristic> declared =
        settings
            .inputs()
            .find(InputTable.CUSTOMERS)
            .map(InputSettings::characteristics)
            .map(Map::copyOf)
            .orElse(Map.of());
    declared.values().stream()
        .sorted(Comparator.comparing(Characteristic::name))
        .forEach(
            characteristic -> {
              requireFreeValue(characteristic, declared, problems);
              characteristics.add(characteristic);
            });
    Optional.ofNullable(declared.get(BIRTH_DATE))
        .filter(birth -> birth.kind() == Characteristic.Kind.DATE && !declared.containsKey(AGE))
        .ifPresent(characteristics::addAge);
    new PurchasingPower(declared).indicators().forEach(characteristics.indicators::putIfAbsent);
    return new Catalogue(characteristics.measures, characteristics.indicators, Map.of());
  }

  private static void requireFreeValue(
      Characteristic characteristic, Map<String, Characteristic> declared, Problems problems) {
    Optional.ofNullable(declared.get(valueName(characteristic)))
        .filter(taken -> !characteristic.values().isEmpty())
        .ifPresent(
            taken ->
                problems.add(
                    taken.at(),
                    "'%s' is the name of the values of '%s'. Choose another name."
                        .formatted(taken.name(), characteristic.name())));
  }

  private static String valueName(Characteristic characteristic) {
    return characteristic.name() + "_value";
  }

  private void add(Characteristic characteristic) {
    String name = characteristic.name();
    Location at = characteristic.at();
    measures.put(
        name,
        new MeasureSettings(
            name,
            MeasureSource.CUSTOMERS,
            Per.ROW,
            Over.LIFETIME,
            Optional.empty(),
            Aggregate.MAX,
            new Expression(name, at),
            at));
    BilingualText label = label(characteristic);
    indicators.put(name, indicator(characteristic, name, name, unit(characteristic), label));
    if (!characteristic.values().isEmpty()) {
      indicators.put(
          valueName(characteristic),
          indicator(
              characteristic,
              valueName(characteristic),
              values(characteristic),
              Unit.NUMBER,
              text("characteristic.as_number", label)));
    }
  }

  private void addAge(Characteristic birth) {
    BilingualText label = usual.getOrDefault(AGE, BilingualText.inWords(AGE));
    indicators.put(
        AGE,
        indicator(
            birth,
            AGE,
            "CASE WHEN %1$s <= as_of THEN CAST(floor(months_between(as_of, %1$s) / 12) AS INT) END"
                .formatted(BIRTH_DATE),
            Unit.COUNT,
            label));
  }

  private static IndicatorSettings indicator(
      Characteristic declared, String name, String sql, Unit unit, BilingualText label) {
    return new IndicatorSettings(
        name,
        Category.CHARACTERISTIC,
        new Expression(sql, declared.at()),
        declared.better(),
        unit,
        name.equals(AGE) ? Growth.ALWAYS : Growth.NEVER,
        false,
        label,
        declared.definition(),
        List.of(),
        declared.at());
  }

  private BilingualText label(Characteristic characteristic) {
    return characteristic
        .label()
        .or(() -> Optional.ofNullable(usual.get(characteristic.name())))
        .orElseGet(() -> BilingualText.inWords(characteristic.name()));
  }

  private static Unit unit(Characteristic characteristic) {
    return switch (characteristic.kind()) {
      case CATEGORY -> Unit.TEXT;
      case NUMBER -> Unit.NUMBER;
      case MONEY -> Unit.MONEY;
      case FLAG -> Unit.FLAG;
      case DATE -> Unit.DATE;
    };
  }

  private static String values(Characteristic characteristic) {
    return characteristic.values().entrySet().stream()
        .map(
            entry ->
                "WHEN '%s' THEN %s"
                    .formatted(
                        entry.getKey().replace("\\", "\\\\").replace("'", "\\'"),
                        entry.getValue().toPlainString()))
        .collect(Collectors.joining(" ", "CASE " + characteristic.name() + " ", " END"));
  }
}
