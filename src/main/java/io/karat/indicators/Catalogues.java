package io.karat.indicators;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.karat.input.InputRows;
import io.karat.measures.Measure;
import io.karat.settings.Catalogue;
import io.karat.settings.CatalogueReader;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.Indicators;
import io.karat.settings.MeasureSettings;
import io.karat.settings.Settings;
import io.karat.settings.Window;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** All measures and indicators by name: the built-in ones first, then the business's own. */
record Catalogues(Map<String, Measure> measures, Map<String, Indicator> indicators) {
  private static final String RESOURCE = "catalogue.yaml";
  private static final String TALLY = "tally_";
  private static final String IS_RESERVED = "'%s' is a name of Karat's own. Choose another.";

  /** Reserved names: columns of every table, and the words of {@link IndicatorPlan}. */
  private static final Set<String> RESERVED =
      Set.of(
          Columns.CUSTOMER_ID,
          Columns.AS_OF_DATE,
          Columns.RUN_ID,
          IndicatorNames.AS_OF,
          IndicatorNames.FIRST_WHOLE_MONTH,
          IndicatorNames.LAST_WHOLE_MONTH,
          IndicatorNames.WINDOW_DAYS,
          IndicatorNames.EXPECTED_BY_MODEL);

  Catalogues {
    measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
    indicators = Collections.unmodifiableMap(new LinkedHashMap<>(indicators));
  }

  /**
   * The indicator that a word names, with or without the suffix of a window; empty if there is
   * none.
   */
  Optional<Indicator> named(String word) {
    return Optional.ofNullable(indicators.get(word))
        .or(() -> withoutWindow(word).map(indicators::get));
  }

  /** Adds the business's own to the built-in ones, and reports what is wrong with them. */
  static Catalogues of(Settings settings, Problems problems) {
    Catalogue builtIn = builtIn();
    Catalogue declared = Characteristics.of(settings, builtIn.characteristics(), problems);
    Indicators own = settings.indicators();
    Set<String> taken = new TreeSet<>();
    declared
        .indicators()
        .forEach(
            (name, indicator) -> {
              if (isFree(name, builtIn, own, indicator.at(), problems)
                  && isNoColumnOfRows(name, indicator.at(), problems)) {
                taken.add(name);
              }
            });
    MeasureDefinitions measures =
        new MeasureDefinitions(DeclaredNames.of(settings, declared.measures().keySet(), problems));
    builtIn.measures().values().forEach(measure -> measures.add(measure, new Problems()));
    declared.measures().values().stream()
        .filter(measure -> !builtIn.measures().containsKey(measure.name()))
        .forEach(measure -> measures.add(measure, problems));
    own.measures()
        .forEach(
            (name, measure) -> {
              if (isFree(name, builtIn, own, measure.at(), problems)
                  && isFree(name, declared, measure.at(), problems)) {
                measures.add(measure, problems);
              }
            });

    Map<String, Indicator> indicators = new LinkedHashMap<>();
    Set<String> ofBuyers = ofBuyers().indicators().keySet();
    builtIn.indicators().values().stream()
        .filter(it -> settings.lifetimeValue().isPresent() || !isOfModel(it))
        .filter(it -> settings.models().buyerTypes().isPresent() || !ofBuyers.contains(it.name()))
        .forEach(it -> add(it, true, indicators, new Problems()));
    declared.indicators().values().stream()
        .filter(indicator -> taken.contains(indicator.name()))
        .forEach(indicator -> add(indicator, true, indicators, problems));
    own.custom()
        .forEach(
            (name, indicator) -> {
              if (isFree(name, builtIn, own, indicator.at(), problems)
                  && isFree(name, declared, indicator.at(), problems)) {
                add(indicator, false, indicators, problems);
              }
            });
    return new Catalogues(measures.all(), indicators);
  }

  private static boolean isFree(String name, Catalogue declared, Location at, Problems problems) {
    boolean isTaken =
        declared.measures().containsKey(name) || declared.indicators().containsKey(name);
    if (isTaken) {
      problems.add(
          at, "'%s' is the name of a characteristic of customers. Choose another.".formatted(name));
    }
    return !isTaken;
  }

  private static boolean isNoColumnOfRows(String name, Location at, Problems problems) {
    boolean isReserved = InputRows.RESERVED.contains(name);
    if (isReserved) {
      problems.add(at, IS_RESERVED.formatted(name));
    }
    return !isReserved;
  }

  /** Whether it is the expectation of the model of lifetime value, which may be off. */
  private static boolean isOfModel(IndicatorSettings indicator) {
    return indicator.value().sql().equals(IndicatorNames.EXPECTED_BY_MODEL);
  }

  /** The built-in ones, those of buyer types included. */
  static Catalogue builtIn() {
    Catalogue catalogue = read(RESOURCE);
    Catalogue ofBuyers = ofBuyers();
    Map<String, MeasureSettings> measures = new LinkedHashMap<>(catalogue.measures());
    measures.putAll(ofBuyers.measures());
    Map<String, IndicatorSettings> indicators = new LinkedHashMap<>(catalogue.indicators());
    indicators.putAll(ofBuyers.indicators());
    return new Catalogue(measures, indicators, catalogue.characteristics());
  }

  /** Those that are computed only where buyer types are configured. */
  private static Catalogue ofBuyers() {
    return read("buyers.yaml");
  }

  private static Catalogue read(String name) {
    try (InputStream resource = Catalogues.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IllegalStateException("The resource " + name + " is missing");
      }

      Problems problems = new Problems();
      Catalogue catalogue =
          CatalogueReader.read(name, new String(resource.readAllBytes(), UTF_8), problems);
      problems.throwIfAny();
      return catalogue;
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static boolean isReserved(String name) {
    return RESERVED.contains(name) || name.startsWith(TALLY);
  }

  private static boolean isFree(
      String name, Catalogue builtIn, Indicators own, Location at, Problems problems) {
    boolean isBuiltIn =
        builtIn.measures().containsKey(name) || builtIn.indicators().containsKey(name);
    boolean isReserved = isReserved(name);
    Optional<String> windowed =
        withoutWindow(name)
            .filter(it -> builtIn.indicators().containsKey(it) || own.custom().containsKey(it));
    if (isBuiltIn) {
      problems.add(
          at,
          "'%s' is the name of a built-in measure or indicator. Choose another.".formatted(name));
    } else if (isReserved) {
      problems.add(at, IS_RESERVED.formatted(name));
    } else if (windowed.isPresent()) {
      problems.add(
          at,
          "'%s' is the name of '%s' over that window. Choose another name."
              .formatted(name, windowed.get()));
    }
    return !isBuiltIn && !isReserved && windowed.isEmpty();
  }

  /** The name without the suffix of a window; empty if it has no such suffix. */
  static Optional<String> withoutWindow(String name) {
    int end = name.lastIndexOf('_');
    return end > 0 && Window.parse(name.substring(end + 1)).isPresent()
        ? Optional.of(name.substring(0, end))
        : Optional.empty();
  }

  private static void add(
      IndicatorSettings settings,
      boolean isBuiltIn,
      Map<String, Indicator> indicators,
      Problems problems) {
    MeasureDefinitions.parsed(settings.value(), problems)
        .ifPresent(
            value -> indicators.put(settings.name(), new Indicator(settings, value, isBuiltIn)));
  }
}
