package io.karat.draft;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Unit of amounts other than that of their currency, as the end of a name says it. */
enum AmountUnit {
  HUNDREDTHS("((?<!per[ _-]?)cents?|pence|minor[ _-]?(units?)?|(?<![评积得打部百成])分)", "0.01", 2),
  TEN_THOUSANDS("(?<![百千])万元?", "10000", -4),
  MILLIONS(
      "(百万元?|(?<!\\p{L})(mio[.]?( ?(€|eur|chf))?|millions?|millionen|m ?(€|eur|usd)|[$€£] ?m))",
      "1000000",
      -6),
  THOUSANDS(
      "(千元?|(?<!\\p{L})([tk] ?(€|eur|usd|chf|gbp)|k ?[$£]|[$€£] ?k|tsd[.]?( ?(€|eur))?|thousands?)|[^\\p{Nd}]000s?)",
      "1000",
      -3);

  /** A currency at the end of a name, in brackets. */
  private static final Pattern CURRENCY =
      Pattern.compile(
          " *[(（\\[](元|人民币|rmb|\\p{Sc}|eur|usd|gbp|chf|cny|jpy|sek|nok|dkk|pln|czk|cad|aud|inr|sgd|hkd|brl)[)）\\]]$");

  private static final String BRACKET = "[)）\\]]?$";

  private final Pattern end;
  private final String factor;
  private final int decimals;

  AmountUnit(String end, String factor, int decimals) {
    this.end = Pattern.compile("[ _(（\\[-]*(in[ _-]?)?" + end + BRACKET);
    this.factor = factor;
    this.decimals = decimals;
  }

  /** The unit that a name says; empty if it says none, as most do. */
  static Optional<AmountUnit> of(String name) {
    return Stream.of(values()).filter(unit -> unit.end.matcher(lower(name)).find()).findFirst();
  }

  /** A name without the unit or the currency that it ends with. */
  static String without(String name) {
    String plain = CURRENCY.matcher(lower(name)).replaceFirst("");
    return of(plain).map(unit -> unit.end.matcher(plain).replaceFirst("")).orElse(plain);
  }

  private static String lower(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** A number of this unit in that of the currency, in Spark SQL. */
  String reading(String number) {
    return "%s * %s".formatted(number, factor);
  }

  /** The decimals of amounts whose numbers have some in this unit. */
  int decimals(int ofNumbers) {
    return Math.max(0, ofNumbers + decimals);
  }

  String inWords() {
    return switch (this) {
      case HUNDREDTHS -> "hundredths";
      case THOUSANDS -> "thousands";
      case TEN_THOUSANDS -> "ten thousands";
      case MILLIONS -> "millions";
    };
  }
}
