package io.karat.draft;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Currency of all amounts as it is guessed.
 *
 * @param code of it
 * @param reason for it, with what a person should look at
 */
record CurrencyGuess(String code, String reason) {
  private static final String ADDED_UP =
      "%s: %s, and amounts of several currencies would be added up; convert them, or keep those of one with where";

  /** The currency that columns or amounts say; empty if none does. */
  static Optional<CurrencyGuess> of(List<DraftInput> inputs) {
    List<DraftInput> with = inputs.stream().filter(input -> input.currency().isPresent()).toList();
    return with.isEmpty() ? ofAmounts(inputs) : Optional.of(ofColumns(with));
  }

  private static CurrencyGuess ofColumns(List<DraftInput> inputs) {
    DraftInput first = inputs.get(0);
    List<ColumnProfile> columns =
        inputs.stream().flatMap(input -> input.currency().stream()).toList();
    String most = first.profile().mostFrequent(columns.get(0)).orElseThrow();
    boolean isOne =
        columns.stream()
            .flatMap(it -> it.values().isEmpty() ? Stream.of("") : it.values().stream())
            .allMatch(it -> NumberForm.currency(it).equals(NumberForm.currency(most)));
    return new CurrencyGuess(
        NumberForm.currency(most),
        isOne
            ? "column " + columns.get(0).name()
            : ADDED_UP.formatted(
                DraftText.CHECK, columns.stream().map(CurrencyGuess::said).collect(joining(", "))));
  }

  private static String said(ColumnProfile column) {
    return "column %s has %s"
        .formatted(
            column.name(),
            column.values().isEmpty()
                ? column.distinct() + " values"
                : String.join(" and ", column.values()));
  }

  private static Optional<CurrencyGuess> ofAmounts(List<DraftInput> inputs) {
    List<String> units =
        inputs.stream()
            .flatMap(input -> input.amounts().stream())
            .flatMap(column -> column.currencies().stream())
            .distinct()
            .toList();
    List<String> codes = units.stream().map(NumberForm::currency).distinct().toList();
    Optional<String> code = codes.stream().filter(it -> it.matches("[A-Z]{3}")).findFirst();
    return code.map(
        it ->
            new CurrencyGuess(
                it,
                codes.size() == 1
                    ? "%s: amounts have %s".formatted(DraftText.CHECK, units.get(0))
                    : ADDED_UP.formatted(
                        DraftText.CHECK, "amounts have " + String.join(" and ", units))));
  }
}
