package io.karat.scores;

import static io.karat.settings.Translations.text;

import io.karat.expressions.Spelling;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.indicators.MissingInputs;
import io.karat.settings.Characteristic;
import io.karat.settings.IndicatorSettings;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Settings;
import io.karat.settings.Window;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Lookup of the indicators that models name; mistakes in the names are added to the problems. */
public final class IndicatorUse {
  /** The units of numbers, which can be added up and compared. */
  static final Set<Unit> NUMBERS =
      Set.of(Unit.COUNT, Unit.MONEY, Unit.SHARE, Unit.DAYS, Unit.NUMBER);

  private final Settings settings;
  private final IndicatorPlan plan;
  private final Problems problems;

  public IndicatorUse(Settings settings, IndicatorPlan plan, Problems problems) {
    this.settings = settings;
    this.plan = plan;
    this.problems = problems;
  }

  Problems problems() {
    return problems;
  }

  public Optional<IndicatorColumn> column(String name) {
    return plan.column(name);
  }

  /**
   * Checks that a column is a number and can be computed. If its input is not mapped, a default
   * model leaves the part out, and a model of the business's own has a problem.
   *
   * @param at the place of the column's name
   * @param missing the place for a report of an input that is not mapped
   * @return the reason to leave the part out; empty if it can be computed or has a problem
   */
  public Optional<MissingReason> number(
      String name, Location at, Location missing, boolean isDefault) {
    Optional<IndicatorColumn> column = column(name);
    if (column.isPresent() && !NUMBERS.contains(column.get().indicator().unit())) {
      problems.add(at, notANumber(column.get(), at));
      return Optional.empty();
    }

    return column.isPresent() || isDefault
        ? lack(name, missing, isDefault)
        : refuse(name, at, "not an indicator", names(name));
  }

  /** The reason why an indicator cannot be computed; empty if it can, or if that is a problem. */
  public Optional<MissingReason> lack(String name, Location at, boolean isDefault) {
    Optional<IndicatorColumn> column = column(name);
    if (column.isEmpty()) {
      return Optional.of(MissingReason.of(text("missing.no_indicator", name)));
    }

    Optional<MissingInputs> missing =
        Optional.ofNullable(plan.switchedOff().get(column.get().indicator().name()));
    if (missing.isPresent() && !isDefault) {
      problems.add(at, missing.get().problem(at.key()));
      return Optional.empty();
    }

    return missing.map(MissingReason::of);
  }

  /**
   * Reports a name that means nothing.
   *
   * @param what the name is, such as {@code no indicator}
   * @param known names that may have been meant
   */
  public Optional<MissingReason> refuse(String name, Location at, String what, Set<String> known) {
    List<String> suffixed = suffixed(name);
    boolean isMeasure = plan.measures().stream().anyMatch(it -> isNamed(it.name(), name));
    if (isBroken(name)) {
      return Optional.empty();
    }

    if (!suffixed.isEmpty()) {
      problems.add(
          at,
          "'%s' uses '%s' without its window. Did you mean '%s'?"
              .formatted(at.key(), name, String.join("' or '", suffixed)));
    } else if (isMeasure) {
      problems.add(
          at,
          "'%s' uses '%s', which is a measure. Make an indicator of it under 'indicators.custom'."
              .formatted(at.key(), name));
    } else {
      problems.add(
          at,
          "'%s' uses '%s', which is %s.%s"
              .formatted(at.key(), name, what, Spelling.hint(name, known)));
    }
    return Optional.empty();
  }

  /** Whether it is an indicator of the business's own whose mistake is reported already. */
  private boolean isBroken(String name) {
    return settings.indicators().custom().keySet().stream()
        .filter(own -> plan.indicators().stream().noneMatch(it -> it.name().equals(own)))
        .anyMatch(own -> isNamed(own, name));
  }

  private static boolean isNamed(String known, String name) {
    return name.equals(known)
        || (name.startsWith(known + "_")
            && Window.parse(name.substring(known.length() + 1)).isPresent());
  }

  /** The columns that a bare name may mean; empty if it is no windowed indicator. */
  private List<String> suffixed(String name) {
    return plan.indicators().stream()
        .filter(indicator -> indicator.isWindowed() && indicator.name().equals(name))
        .flatMap(indicator -> columns(indicator, settings.indicators().windows()).stream())
        .toList();
  }

  /** The names of all indicator columns, over the configured windows and the one of this name. */
  public Set<String> names(String name) {
    Set<Window> windows = new LinkedHashSet<>(settings.indicators().windows());
    Window.parse(name.substring(name.lastIndexOf('_') + 1)).ifPresent(windows::add);
    return plan.indicators().stream()
        .flatMap(indicator -> columns(indicator, List.copyOf(windows)).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static List<String> columns(IndicatorSettings indicator, List<Window> windows) {
    List<String> columns = new ArrayList<>();
    if (indicator.isWindowed()) {
      windows.forEach(window -> columns.add(indicator.name() + "_" + window.suffix()));
    } else {
      columns.add(indicator.name());
    }
    return columns;
  }

  private String notANumber(IndicatorColumn column, Location at) {
    String name = column.name();
    String kind =
        switch (column.indicator().unit()) {
          case TEXT -> "a word";
          case FLAG -> "true or false";
          case DATE -> "a day";
          case COUNT, MONEY, SHARE, DAYS, NUMBER -> "a number";
        };
    String advice =
        isCategory(name)
            ? "Give it 'values' and use '%s_value'.".formatted(name)
            : "Convert it to a number under 'indicators.custom'.";
    return "'%s' uses '%s', which is %s, expected a number. %s"
        .formatted(at.key(), name, kind, advice);
  }

  private boolean isCategory(String name) {
    return settings
        .inputs()
        .find(InputTable.CUSTOMERS)
        .map(InputSettings::characteristics)
        .flatMap(all -> Optional.ofNullable(((Map<String, Characteristic>) all).get(name)))
        .filter(it -> it.kind() == Characteristic.Kind.CATEGORY)
        .isPresent();
  }
}
