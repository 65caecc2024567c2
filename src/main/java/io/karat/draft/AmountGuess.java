package io.karat.draft;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Amount as it is guessed: a column, or a number of units times their price.
 *
 * @param of the columns that it is made of
 * @param decimals that it has in the first rows
 */
record AmountGuess(DraftColumn column, List<ColumnProfile> of, int decimals) {
  private static final int HUNDREDTHS = 2;

  /** The least number of values from which on it says something that none has decimals. */
  private static final int MANY = 10;

  AmountGuess {
    of = List.copyOf(of);
  }

  /** A number of units times their price. */
  static AmountGuess ofUnits(String name, ColumnProfile units, ColumnProfile price) {
    boolean isSigned = units.negatives() + price.negatives() > 0;
    String product = "%s * %s".formatted(units.number(), price.number());
    return new AmountGuess(
        new DraftColumn(
            name,
            isSigned ? "abs(%s)".formatted(product) : product,
            "columns %s and %s".formatted(units.name(), price.name()),
            checks("whether the price is of one unit, before or after tax", List.of(units, price))),
        List.of(units, price),
        decimals(units) + decimals(price));
  }

  /**
   * A column of amounts.
   *
   * @param reason for taking it
   * @param check what a person should look at; may be empty
   * @param rivals others whose names say that they are amounts
   */
  static AmountGuess of(
      String name, ColumnProfile found, String reason, String check, List<ColumnProfile> rivals) {
    boolean isSigned = found.negatives() > 0;
    List<String> reasons = new ArrayList<>(List.of(reason));
    if (found.isInHundredths()) {
      reasons.add("in hundredths");
    }
    if (isSigned) {
      reasons.add("some are below zero");
    }
    String checks = check.isEmpty() ? "" : check + "; ";
    checks += "before or after tax";
    if (!found.isInHundredths() && found.decimals() == 0 && found.distinct() >= MANY) {
      checks += "; all are whole: of units or of cents";
    }
    if (!rivals.isEmpty()) {
      checks +=
          rivals.stream()
              .map(ColumnProfile::name)
              .collect(joining(" or ", "; this column or ", ""));
    }
    return new AmountGuess(
        new DraftColumn(
            name,
            isSigned ? "abs(%s)".formatted(found.number()) : found.number(),
            String.join("; ", reasons),
            checks(checks, List.of(found))),
        List.of(found),
        decimals(found));
  }

  private static int decimals(ColumnProfile column) {
    return column.isInHundredths() ? HUNDREDTHS : column.decimals();
  }

  private static String checks(String first, List<ColumnProfile> columns) {
    return Stream.concat(
            Stream.of(first), columns.stream().flatMap(it -> it.numberChecks().stream()))
        .collect(joining("; "));
  }
}
