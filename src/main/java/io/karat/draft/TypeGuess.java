package io.karat.draft;

import io.karat.settings.InputTable.Column;
import io.karat.settings.InputTable.Need;
import java.util.List;
import java.util.Optional;

/**
 * Types of rows as they are guessed from a column of few values.
 *
 * @param column ours
 * @param isNamed whether the name of the table says what its rows are
 */
record TypeGuess(Column column, boolean isNamed, Vocabulary vocabulary) {
  /** The types that a column tells; empty if none of its values means one. */
  Optional<DraftColumn> of(ColumnProfile found) {
    boolean isMeant =
        (column.need() == Need.ALWAYS && isNamed)
            || found.values().stream().anyMatch(value -> type(found, value).isPresent());
    return isMeant
        ? Optional.of(
            new DraftColumn(
                column.name(),
                types(found),
                "column %s has %s".formatted(found.name(), String.join(", ", found.values())),
                isOurs(found) ? "" : "which values mean what"))
        : Optional.empty();
  }

  /** The types that the sign of a number tells. */
  DraftColumn ofSign(ColumnProfile signed, long rows) {
    return new DraftColumn(
        column.name(),
        "CASE WHEN %s < 0 THEN '%s' ELSE '%s' END"
            .formatted(signed.number(), column.types().get(1), column.types().get(0)),
        "%,d of the first %,d rows have %s below zero"
            .formatted(signed.negatives(), rows, signed.name()),
        "");
  }

  private Optional<String> type(ColumnProfile found, String value) {
    return vocabulary.isOfNoSale(found.name(), value)
        ? Optional.empty()
        : vocabulary
            .type(value, column.types())
            .or(
                () ->
                    vocabulary.isOfStatus(found.name())
                        ? Optional.empty()
                        : vocabulary.typeWithin(value, column.types()));
  }

  private boolean isOurs(ColumnProfile found) {
    return column.types().containsAll(found.values());
  }

  private String types(ColumnProfile found) {
    if (isOurs(found)) {
      return found.reference();
    }

    String other = column.types().size() == 2 ? column.types().get(0) : "OTHER";
    StringBuilder cases = new StringBuilder("CASE");
    for (String type : column.types()) {
      List<String> values =
          found.values().stream()
              .filter(value -> type(found, value).equals(Optional.of(type)))
              .toList();
      if (!values.isEmpty() && !type.equals(other)) {
        cases.append(
            " WHEN %s IN (%s) THEN '%s'"
                .formatted(found.reference(), DraftText.quoted(values), type));
      }
    }
    return cases.toString().equals("CASE")
        ? "'%s'".formatted(other)
        : cases + " ELSE '%s' END".formatted(other);
  }
}
