package io.karat.cli;

import static io.karat.settings.Translations.key;
import static io.karat.settings.Translations.text;

import io.karat.explain.DisclosedValue;
import io.karat.settings.IndicatorSettings.Unit;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/**
 * Format of a customer's values for people.
 *
 * @param currency the currency of every amount, if it is configured
 */
record CustomerFigures(Language language, Optional<Currency> currency) {

  /** Formats a value by its unit: a share also as a percentage. */
  String value(Optional<Object> value, Unit unit) {
    String plain = plain(value);
    return unit == Unit.SHARE && value.orElse("") instanceof BigDecimal share
        ? "%s = %s %%".formatted(plain, percent(share))
        : plain;
  }

  /** Formats a value without its unit. */
  String plain(Optional<Object> value) {
    return value.map(this::known).orElseGet(() -> text(language, "unknown"));
  }

  private String known(Object value) {
    if (value instanceof Number number) {
      return ConsoleNumbers.text(number);
    }
    if (value instanceof Boolean flag) {
      return text(language, flag ? "yes" : "no");
    }
    if (value instanceof DisclosedValue.Withheld) {
      return text(language, "explain.withheld");
    }
    return value.toString().replaceAll("\\p{Cntrl}", " ");
  }

  /** The name of a unit. */
  String unit(Unit unit) {
    return unit == Unit.MONEY && currency.isPresent()
        ? currency.get().getCurrencyCode()
        : text(language, key("unit", unit));
  }

  private static String percent(BigDecimal share) {
    BigDecimal percent = share.movePointRight(2).stripTrailingZeros();
    return ConsoleNumbers.text(percent.setScale(Math.max(0, percent.scale())));
  }
}
