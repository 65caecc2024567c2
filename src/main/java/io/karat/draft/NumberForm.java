package io.karat.draft;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Form in which systems write numbers, with the Spark SQL that reads it. */
enum NumberForm {
  /** 1234.5, which needs no reading. */
  PLAIN("[-+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][-+]?[0-9]+)?", "%s"),
  /** 1,234.50. */
  POINT(Digits.POINT, "replace(%s, ',', '')"),
  /** 1.234,50. */
  COMMA(Digits.COMMA, "translate(%s, ',. ', '.')"),
  /** $1,234.50. */
  POINT_WITH_UNIT(Digits.withUnit(Digits.POINT), "regexp_replace(%s, '[^0-9.-]', '')"),
  /** 1.234,50 €. */
  COMMA_WITH_UNIT(
      Digits.withUnit(Digits.COMMA), "translate(regexp_replace(%s, '[^0-9,-]', ''), ',', '.')"),
  /** 1,234.50- or ($1,234.50). */
  POINT_WITH_SIGN(
      Digits.withSign(Digits.POINT), Digits.LESS + "regexp_replace(%1$s, '[^0-9.]', ''))"),
  /** 1.234,50- or (1.234,50 €). */
  COMMA_WITH_SIGN(
      Digits.withSign(Digits.COMMA),
      Digits.LESS + "translate(regexp_replace(%1$s, '[^0-9,]', ''), ',', '.'))"),
  /** 1,234.50 CR, of which DR is the other side. */
  POINT_WITH_SIDE(
      Digits.withSide(Digits.POINT), Digits.CREDIT + "regexp_replace(%1$s, '[^0-9.]', ''))"),
  /** 1.234,50 CR. */
  COMMA_WITH_SIDE(
      Digits.withSide(Digits.COMMA),
      Digits.CREDIT + "translate(regexp_replace(%1$s, '[^0-9,]', ''), ',', '.'))"),
  /** 12.5% or 12,5 %. */
  PERCENT("[-+]?[0-9]+([.,][0-9]+)? ?[%％]", "translate(%s, ',%%％ ', '.')");

  private final Pattern shape;
  private final String reading;

  NumberForm(String shape, String reading) {
    this.shape = Pattern.compile(shape);
    this.reading = reading;
  }

  /** Patterns of what is written before and after a comma. */
  private static final class Digits {
    static final String POINT = "[-+]?([1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?";
    static final String COMMA = "[-+]?([1-9][0-9]{0,2}([. ][0-9]{3})+|[0-9]+)(,[0-9]+)?";
    private static final String SIGN = "[€$£¥￥元]";
    private static final String CODE = "[A-Z]{3}";
    static final String SIDE = " ?([Cc]|[Dd])[Rr]";
    static final Pattern UNIT = Pattern.compile(SIGN + "|" + CODE);

    /** The beginning of Spark SQL that puts the sign first. */
    static final String LESS = "concat(if(%1$s RLIKE '[-(−]', '-', ''), ";

    /** The beginning of Spark SQL that puts a sign before what is credited. */
    static final String CREDIT = "concat(if(%1$s RLIKE '[Cc][Rr]$', '-', ''), ";

    private Digits() {}

    static String withUnit(String number) {
      return "[-+]?(%1$s ?|%2$s )?%3$s( ?%1$s| %2$s)?".formatted(SIGN, CODE, number);
    }

    static String withSide(String number) {
      return "(%s)(%s)?".formatted(withUnit(number), SIDE);
    }

    static String withSign(String number) {
      String signed = "(%1$s|[-−] ?%1$s|%1$s ?[-−]|[(]%1$s[)])".formatted(number);
      return "%1$s|%2$s ?[-−]|[(]%2$s[)]".formatted(withUnit(signed), withUnit(number));
    }
  }

  /**
   * The form that most of some texts have, if nearly all have it, the first of those alike; empty
   * if they are no numbers.
   */
  static Optional<NumberForm> of(List<String> texts) {
    return Stream.of(values())
        .filter(form -> ColumnProfile.nearlyAll(texts, form::has))
        .max(Comparator.comparing(form -> texts.stream().filter(form::has).count()));
  }

  /**
   * Whether texts may mean other numbers than they read as: no mark in them says whether it stands
   * before decimals or thousands, or some say one and some the other.
   */
  static boolean isUnsure(List<String> texts) {
    boolean isPoint = false;
    boolean isComma = false;
    boolean isMarked = false;
    for (String whole : texts) {
      String text = whole.replaceFirst(Digits.SIDE + "$", "");
      boolean mayBePoint = PLAIN.has(text) || POINT_WITH_SIGN.has(text);
      boolean mayBeComma = COMMA_WITH_SIGN.has(text);
      isPoint |= mayBePoint && !mayBeComma;
      isComma |= mayBeComma && !mayBePoint;
      isMarked |= mayBePoint && mayBeComma && text.matches(".*[.,].*");
    }
    return isPoint == isComma && (isPoint || isMarked);
  }

  /** The signs and codes of currencies in numbers, one of each currency, in their order. */
  static List<String> currencies(List<String> texts) {
    SortedMap<String, String> byCode = new TreeMap<>();
    texts.stream()
        .filter(text -> POINT_WITH_SIGN.has(text) || COMMA_WITH_SIGN.has(text))
        .flatMap(text -> Digits.UNIT.matcher(text).results())
        .map(MatchResult::group)
        .distinct()
        .sorted()
        .forEach(unit -> byCode.putIfAbsent(currency(unit), unit));
    return byCode.values().stream().sorted().toList();
  }

  /** The code of a sign that mostly means one currency; else what is written. */
  static String currency(String unit) {
    return switch (unit) {
      case "€" -> "EUR";
      case "$" -> "USD";
      case "£" -> "GBP";
      case "元" -> "CNY";
      case "￥" -> "¥";
      default -> unit.toUpperCase(Locale.ROOT);
    };
  }

  private boolean has(String text) {
    return shape.matcher(text).matches();
  }

  /** The number that a text of this form means; empty for another text. */
  Optional<BigDecimal> value(String text) {
    if (!has(text)) {
      return Optional.empty();
    }

    return Optional.of(
        new BigDecimal(
            switch (this) {
              case PLAIN -> text;
              case PERCENT -> text.replaceAll("[%％ ]", "").replace(',', '.');
              case POINT, POINT_WITH_UNIT -> text.replaceAll("[^0-9.-]", "");
              case COMMA, COMMA_WITH_UNIT -> text.replaceAll("[^0-9,-]", "").replace(',', '.');
              case POINT_WITH_SIGN -> sign(text) + text.replaceAll("[^0-9.]", "");
              case POINT_WITH_SIDE -> side(text) + text.replaceAll("[^0-9.]", "");
              case COMMA_WITH_SIDE -> side(text) + text.replaceAll("[^0-9,]", "").replace(',', '.');
              case COMMA_WITH_SIGN -> sign(text) + text.replaceAll("[^0-9,]", "").replace(',', '.');
            }));
  }

  private static String sign(String text) {
    return text.matches(".*[-(−].*") ? "-" : "";
  }

  private static String side(String text) {
    return text.matches(".*[Cc][Rr]") ? "-" : "";
  }

  /** Whether letters behind the number say on which side of an account it stands. */
  boolean hasSide() {
    return this == POINT_WITH_SIDE || this == COMMA_WITH_SIDE;
  }

  /** The number in Spark SQL. */
  String reading(String text) {
    return reading.formatted(text);
  }
}
