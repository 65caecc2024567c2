package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.settings.InputTable;
import io.karat.settings.InputTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Amount as it is guessed: a column, or a number of units times their price.
 *
 * @param of the columns that it is made of
 * @param decimals that it has in the first rows
 */
record AmountGuess(DraftColumn column, List<ColumnProfile> of, int decimals) {
  /** The least number of values from which on it says something that none has decimals. */
  private static final int MANY = 10;

  AmountGuess {
    of = List.copyOf(of);
  }

  /**
   * An amount by its name, or else a number of units times their price.
   *
   * @param used the columns of the table that something is made of already
   */
  static Optional<AmountGuess> of(Column column, ColumnSearch search, Set<String> used) {
    List<ColumnProfile> named = search.named(column, search.fitting(column, used));
    Optional<ColumnProfile> units = search.number("quantity");
    Optional<ColumnProfile> price = search.number("unit_price");
    boolean isPrice = named.isEmpty() || Optional.of(named.get(0)).equals(price);
    boolean isOfSales = search.kind() == InputTable.TRANSACTIONS;
    return isOfSales && isPrice && units.isPresent() && price.isPresent()
        ? Optional.of(ofUnits(column.name(), units.get(), price.get()))
        : search
            .match(column, used)
            .map(
                it ->
                    of(
                        column.name(),
                        it.column(),
                        it.reason(),
                        it.check(),
                        named.stream()
                            .skip(1)
                            .filter(rival -> !Optional.of(rival).equals(price))
                            .toList()));
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
    found.unit().ifPresent(unit -> reasons.add("in " + unit.inWords()));
    if (isSigned) {
      reasons.add("some are below zero");
    }
    String checks = check.isEmpty() ? "" : check + "; ";
    checks += "before or after tax";
    if (found.unit().isEmpty() && found.decimals() == 0 && found.distinct() >= MANY) {
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
    return column.unit().map(unit -> unit.decimals(column.decimals())).orElse(column.decimals());
  }

  private static String checks(String first, List<ColumnProfile> columns) {
    return Stream.concat(
            Stream.of(first), columns.stream().flatMap(it -> it.numberChecks().stream()))
        .collect(joining("; "));
  }
}
