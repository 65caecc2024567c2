package io.karat.report;

import io.karat.settings.Language;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Number format, the same on every machine: {@code 1,234.56 GBP}, {@code 71.3 %}, in Chinese {@code
 * 12.3万}. All rounding is half up.
 *
 * @param currency the currency of every amount
 * @param moneyScale the decimals of an amount
 */
record NumberFormats(Language language, Optional<Currency> currency, int moneyScale) {
  private static final String MINUS = "\u2212";
  private static final String NO_BREAK = "\u00a0";
  private static final BigDecimal LEAST_SHORTENED = BigDecimal.valueOf(10_000);
  private static final BigDecimal SMALL_SHARE = new BigDecimal("0.001");
  private static final BigDecimal LARGE_SHARE = new BigDecimal("0.999");
  private static final BigDecimal NEARLY_CERTAIN = new BigDecimal("0.9999");
  private static final List<Unit> ENGLISH =
      List.of(new Unit(9, "bn"), new Unit(6, "m"), new Unit(3, "k"));
  private static final List<Unit> CHINESE = List.of(new Unit(8, "亿"), new Unit(4, "万"));

  /** Unit of large numbers. */
  private record Unit(int zeros, String word) {
    BigDecimal size() {
      return BigDecimal.TEN.pow(zeros);
    }
  }

  /** Formats a count: {@code 1,983}. */
  String count(long count) {
    return decimal(BigDecimal.valueOf(count), 0);
  }

  /** Formats a number with this many decimals. */
  String decimal(BigDecimal number, int places) {
    String pattern = "#,##0" + (places > 0 ? "." + "0".repeat(places) : "");
    BigDecimal rounded = number.setScale(places, RoundingMode.HALF_UP);
    String text =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT))
            .format(rounded.abs());
    return rounded.signum() < 0 ? MINUS + text : text;
  }

  /** Formats a number with about three significant digits, without trailing zeros. */
  String plain(BigDecimal number) {
    int digits = number.precision() - number.scale();
    int places = Math.min(2, Math.max(0, 3 - Math.max(1, digits)));
    BigDecimal rounded = number.setScale(places, RoundingMode.HALF_UP).stripTrailingZeros();
    return decimal(rounded, Math.max(0, rounded.scale()));
  }

  /**
   * Formats an amount in full, with no more decimals than its currency has: {@code 1,234.56 GBP}.
   */
  String money(BigDecimal amount) {
    return inCurrency(decimal(amount, new Money(moneyScale, currency).shownScale()));
  }

  /** Formats an amount without decimals: {@code 1,235 GBP}. */
  String wholeMoney(BigDecimal amount) {
    return inCurrency(decimal(amount, 0));
  }

  /** Formats an amount in short: {@code 1.2m GBP}. */
  String shortMoney(BigDecimal amount) {
    return inCurrency(shortly(amount));
  }

  /** Formats a number in short: {@code 1.2m}; below 10,000 as a whole number. */
  String shortly(BigDecimal amount) {
    if (amount.abs().compareTo(LEAST_SHORTENED) < 0) {
      return decimal(amount, 0);
    }

    Unit unit =
        units().stream()
            .filter(it -> amount.abs().compareTo(it.size()) >= 0)
            .findFirst()
            .orElseThrow();
    return decimal(amount.movePointLeft(unit.zeros()), 1) + unit.word();
  }

  /**
   * Formats a share as {@code 71.3 %}. One that is neither none nor all is not shown as such, but
   * as {@code < 0.1 %} or {@code > 99.9 %}.
   */
  String percent(BigDecimal share) {
    boolean isSmall = share.signum() != 0 && share.abs().compareTo(SMALL_SHARE) < 0;
    boolean isNearlyAll = share.compareTo(BigDecimal.ONE) < 0 && share.compareTo(LARGE_SHARE) > 0;
    String text = decimal(share.movePointRight(2), 1);
    if (isSmall) {
      text = (share.signum() > 0 ? "<" : ">") + NO_BREAK + signedSmallShare(share);
    } else if (isNearlyAll) {
      text = ">" + NO_BREAK + decimal(LARGE_SHARE.movePointRight(2), 1);
    }
    return withSign(text);
  }

  /** Formats a share that a person or a rule has set: {@code 20 %}, not {@code 20.0 %}. */
  String setPercent(BigDecimal share) {
    BigDecimal set = share.movePointRight(2).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros();
    return withSign(decimal(set, Math.max(0, set.scale())));
  }

  private String withSign(String percentage) {
    return switch (language) {
      case EN -> percentage + NO_BREAK + "%";
      case ZH -> percentage + "%";
    };
  }

  /** Formats a probability by a model, for which nothing is impossible and nothing certain. */
  String chance(BigDecimal probability) {
    return percent(probability.max(SMALL_SHARE.movePointLeft(1)).min(NEARLY_CERTAIN));
  }

  private String signedSmallShare(BigDecimal share) {
    BigDecimal limit = share.signum() > 0 ? SMALL_SHARE : SMALL_SHARE.negate();
    return decimal(limit.movePointRight(2), 1);
  }

  /** Adds a plus to the text of a positive change: {@code +12}. */
  String signed(BigDecimal change, String text) {
    return change.signum() > 0 ? "+" + text : text;
  }

  /**
   * A sentence of a table or model with its numbers as elsewhere on the page: a minus in place of a
   * hyphen, and units that do not move to the next line.
   */
  String typeset(String sentence) {
    String percent =
        switch (language) {
          case EN -> NO_BREAK + "%";
          case ZH -> "%";
        };
    String set =
        sentence.replaceAll("(?<![\\w.-])-(?=\\d)", MINUS).replaceAll("(?<=\\d) %", percent);
    return currency
        .map(Currency::getCurrencyCode)
        .map(code -> set.replaceAll("(?<=\\d) (?=%s\\b)".formatted(code), NO_BREAK))
        .orElse(set);
  }

  private List<Unit> units() {
    return switch (language) {
      case EN -> ENGLISH;
      case ZH -> CHINESE;
    };
  }

  private String inCurrency(String number) {
    return currency.map(it -> number + NO_BREAK + it.getCurrencyCode()).orElse(number);
  }
}
