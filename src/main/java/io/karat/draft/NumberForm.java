package io.karat.draft;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
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
      Digits.withUnit(Digits.COMMA), "translate(regexp_replace(%s, '[^0-9,-]', ''), ',', '.')");

  private static final Pattern THOUSANDS = Pattern.compile("[-+]?[0-9]{1,3}[.][0-9]{3}");

  private final Pattern shape;
  private final String reading;

  NumberForm(String shape, String reading) {
    this.shape = Pattern.compile(shape);
    this.reading = reading;
  }

  /** Patterns of what is written before and after a comma. */
  private static final class Digits {
    static final String POINT = "[-+]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)?";
    static final String COMMA = "[-+]?([0-9]{1,3}([. ][0-9]{3})+|[0-9]+)(,[0-9]+)?";
    private static final String SIGN = "[€$£¥￥元]";
    private static final String CODE = "[A-Z]{3}";

    private Digits() {}

    static String withUnit(String number) {
      return "[-+]?(%1$s ?|%2$s )?%3$s( ?%1$s| %2$s)?".formatted(SIGN, CODE, number);
    }
  }

  /** The first form that nearly all of some texts have; empty if they are no numbers. */
  static Optional<NumberForm> of(List<String> texts) {
    return Stream.of(values())
        .filter(form -> ColumnProfile.nearlyAll(texts, text -> form.shape.matcher(text).matches()))
        .findFirst();
  }

  /**
   * Whether texts may mean other numbers than they read as: each comma or point in them has three
   * digits after it and at most three before.
   */
  static boolean isUnsure(List<String> texts) {
    List<String> marked = texts.stream().filter(text -> text.matches(".*[.,].*")).toList();
    return !marked.isEmpty()
        && marked.stream().allMatch(it -> THOUSANDS.matcher(it.replace(',', '.')).matches());
  }

  /** The number that a text of this form means; empty for another text. */
  Optional<BigDecimal> value(String text) {
    if (!shape.matcher(text).matches()) {
      return Optional.empty();
    }

    return Optional.of(
        new BigDecimal(
            switch (this) {
              case PLAIN -> text;
              case POINT, POINT_WITH_UNIT -> text.replaceAll("[^0-9.-]", "");
              case COMMA, COMMA_WITH_UNIT -> text.replaceAll("[^0-9,-]", "").replace(',', '.');
            }));
  }

  /** The number in Spark SQL. */
  String reading(String text) {
    return reading.formatted(text);
  }
}
