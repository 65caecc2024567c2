package io.karat.cli;

import io.karat.explain.DisclosedValue;
import io.karat.settings.BilingualText;
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
    return value.map(this::known).orElseGet(() -> new BilingualText("unknown", "未知").in(language));
  }

  private String known(Object value) {
    if (value instanceof Number number) {
      return ConsoleNumbers.text(number);
    }
    if (value instanceof Boolean flag) {
      return (flag ? new BilingualText("yes", "是") : new BilingualText("no", "否")).in(language);
    }
    if (value instanceof DisclosedValue.Withheld) {
      return new BilingualText("(another customer)", "（另一客户）").in(language);
    }
    return value.toString().replaceAll("\\p{Cntrl}", " ");
  }

  /** The name of a unit. */
  String unit(Unit unit) {
    return switch (unit) {
      case COUNT -> new BilingualText("count", "个数").in(language);
      case MONEY ->
          currency
              .map(Currency::getCurrencyCode)
              .orElseGet(() -> new BilingualText("money", "金额").in(language));
      case SHARE -> new BilingualText("share", "比例").in(language);
      case DAYS -> new BilingualText("days", "天").in(language);
      case DATE -> new BilingualText("date", "日期").in(language);
      case TEXT -> new BilingualText("text", "文本").in(language);
      case FLAG -> new BilingualText("flag", "是否").in(language);
      case NUMBER -> new BilingualText("number", "数值").in(language);
    };
  }

  private static String percent(BigDecimal share) {
    BigDecimal percent = share.movePointRight(2).stripTrailingZeros();
    return ConsoleNumbers.text(percent.setScale(Math.max(0, percent.scale())));
  }
}
