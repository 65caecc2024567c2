package io.karat.settings.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Shapes of the scalars in a configuration. */
public final class Shapes {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,9}");
  private static final Pattern SIGNED_DECIMAL = Pattern.compile("-?\\d{1,12}(?:\\.\\d{1,6})?");
  private static final Pattern DECIMAL = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(%?)");
  private static final String CODE = "[A-Z][A-Z0-9_]*";

  private Shapes() {}

  public static Shape<String> text(String expected) {
    return ScalarShape.of(expected, JsonSchema.text(), text -> Optional.of(text.strip()));
  }

  /** The shape of an expression; numbers and {@code true} are expressions too. */
  public static Shape<Expression> expression() {
    return new ScalarShape<>(
        "a Spark SQL expression",
        JsonSchema.text(),
        (sql, at) -> Optional.of(new Expression(sql, at)),
        List.of());
  }

  public static Shape<Boolean> yesOrNo() {
    return ScalarShape.of(
        "true or false",
        JsonSchema.orVariable(JsonSchema.type("boolean")),
        text ->
            text.equals("true") || text.equals("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty());
  }

  public static Shape<Integer> wholeNumber(int least, int most) {
    return ScalarShape.of(
        "a whole number from %d to %d".formatted(least, most),
        JsonSchema.orVariable(
            JsonSchema.type("integer").put("minimum", least).put("maximum", most)),
        text ->
            Optional.of(text)
                .filter(WHOLE_NUMBER.asMatchPredicate())
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most));
  }

  /** The shape of a number with at most 12 digits before the point and 6 after it. */
  public static Shape<BigDecimal> number() {
    return ScalarShape.of(
        "a number such as 3 or -0.5",
        JsonSchema.orVariable(JsonSchema.type("number")),
        Shapes::number);
  }

  /** Parses a number; empty if the text is none. */
  public static Optional<BigDecimal> number(String text) {
    return Optional.of(text)
        .filter(SIGNED_DECIMAL.asMatchPredicate())
        .map(number -> plain(new BigDecimal(number)));
  }

  /** The shape of a number above 0, and of at most {@code most} if present. */
  public static Shape<BigDecimal> positive(OptionalInt most) {
    ObjectNode schema = JsonSchema.type("number").put("exclusiveMinimum", 0);
    most.ifPresent(end -> schema.put("maximum", end));
    return ScalarShape.of(
        most.isPresent()
            ? "a number above 0 and at most " + most.getAsInt()
            : "a number above 0, such as 60 or 0.5",
        JsonSchema.orVariable(schema),
        text -> positive(text).filter(number -> isAtMost(number, most)));
  }

  /** Parses a number above 0; empty if the text is none. */
  public static Optional<BigDecimal> positive(String text) {
    return number(text).filter(number -> number.signum() > 0);
  }

  /** The shape of a number from 0 to {@code most}. */
  public static Shape<BigDecimal> upTo(int most) {
    return ScalarShape.of(
        "a number from 0 to " + most,
        JsonSchema.orVariable(JsonSchema.type("number").put("minimum", 0).put("maximum", most)),
        text ->
            number(text)
                .filter(number -> number.signum() >= 0 && isAtMost(number, OptionalInt.of(most))));
  }

  private static boolean isAtMost(BigDecimal number, OptionalInt most) {
    return most.isEmpty() || number.compareTo(BigDecimal.valueOf(most.getAsInt())) <= 0;
  }

  /** The shape of a share that is not zero: above 0 and at most 1, or a percentage. */
  public static Shape<BigDecimal> part() {
    Shape<BigDecimal> share = share(1);
    return ScalarShape.of(
        "a number above 0 and at most 1, or a percentage such as 20%",
        share.schema(),
        text ->
            share(text)
                .map(Shapes::plain)
                .filter(part -> part.signum() > 0 && part.compareTo(BigDecimal.ONE) <= 0));
  }

  /** The shape of a code for a class, tier or label, as tables hold it. */
  public static Shape<String> code() {
    return ScalarShape.of(
        "a code in capitals such as GOLD or HIGH_VALUE",
        JsonSchema.orVariable(JsonSchema.type("string").put("pattern", "^" + CODE + "$")),
        text -> Optional.of(text).filter(Shapes::isCode));
  }

  public static boolean isCode(String text) {
    return text.matches(CODE);
  }

  /** Strips trailing zeros, without an exponent. */
  public static BigDecimal plain(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  /** The shape of a share from 0 to {@code most}: {@code 0.01} or {@code 1%}. */
  public static Shape<BigDecimal> share(int most) {
    return ScalarShape.of(
        "a number from 0 to %d or a percentage such as 1%%".formatted(most),
        JsonSchema.anyOf(
            JsonSchema.type("number").put("minimum", 0).put("maximum", most),
            JsonSchema.type("string").put("pattern", "^\\d+(\\.\\d+)?%$"),
            JsonSchema.aVariable()),
        text -> share(text).filter(share -> share.compareTo(BigDecimal.valueOf(most)) <= 0));
  }

  private static Optional<BigDecimal> share(String text) {
    return DECIMAL
        .matcher(text)
        .results()
        .filter(number -> number.group().equals(text))
        .map(
            number ->
                new BigDecimal(number.group(1)).movePointLeft(number.group(2).isEmpty() ? 0 : 2))
        .findFirst();
  }

  /** The shape of a time zone by name; offsets are refused, as they have no summer time. */
  public static Shape<ZoneId> timeZone() {
    TreeSet<String> zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
    return new ScalarShape<>(
        "a time zone such as Europe/London",
        JsonSchema.type("string"),
        (text, at) -> Optional.of(text).filter(zones::contains).map(ZoneId::of),
        zones);
  }

  public static Shape<Currency> currency() {
    return ScalarShape.of(
        "an ISO 4217 currency code such as EUR",
        JsonSchema.orVariable(JsonSchema.type("string").put("pattern", "^[A-Z]{3}$")),
        text ->
            Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(text))
                .findFirst());
  }
}
