package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.settings.InputTable.Column;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Column of a source that may be one of ours.
 *
 * @param reason for that
 * @param check what a person should look at; empty if it is sure
 */
record ColumnMatch(ColumnProfile column, String reason, String check) {
  /** The column of ours that it is. */
  DraftColumn drafted(Column ours) {
    return switch (ours.role()) {
      case TIME, SINCE, DATE -> {
        List<TimeForm> readings = column.readings();
        String alike =
            readings.size() > 1
                ? "its values read as %s alike"
                    .formatted(readings.stream().map(TimeForm::pattern).collect(joining(" and ")))
                : "";
        yield new DraftColumn(
            ours.name(),
            column.time(),
            reason
                + (column.time().equals(column.reference()) ? "" : ", in the form of its values"),
            Stream.of(check, alike).filter(it -> !it.isEmpty()).collect(joining("; ")));
      }
      case PROBABILITY ->
          column.isInPercent() || column.range().filter(NumberRange::isOfPercent).isPresent()
              ? number(ours, column.number() + " * 0.01", ", in percent", "")
              : number(ours, column.number(), "", "");
      case LEVEL -> level(ours);
      case MONEY, SIZE, COUNT -> number(ours, column.number(), "", "");
      default -> new DraftColumn(ours.name(), column.reference(), reason, check);
    };
  }

  /** A level from 1 to 5, also where its numbers say that they are of another scale. */
  private DraftColumn level(Column ours) {
    NumberRange range = column.range().orElseThrow();
    Optional<NumberRange.Scale> scale = range.scale();
    return number(
        ours,
        scale.map(it -> it.reading(column.number())).orElseGet(column::number),
        scale.isPresent() ? ", brought to 1 to 5" : "",
        scale
            .map(
                it ->
                    "it has %s: whether its scale is %s, and %d the best"
                        .formatted(range.inWords(), it.inWords(), it.best()))
            .orElseGet(
                () ->
                    range.isOfLevels()
                        ? ""
                        : "it has %s, expected levels of 1 to 5".formatted(range.inWords())));
  }

  private DraftColumn number(Column ours, String expression, String form, String own) {
    return new DraftColumn(
        ours.name(),
        expression,
        reason + form,
        Stream.concat(Stream.of(check, own), column.numberChecks().stream())
            .filter(it -> !it.isEmpty())
            .collect(joining("; ")));
  }
}
