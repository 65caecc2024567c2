package io.karat.draft;

import static java.util.stream.Collectors.joining;

import io.karat.settings.InputTable.Column;
import java.util.List;
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
      case MONEY, SIZE, COUNT, LEVEL, PROBABILITY ->
          new DraftColumn(
              ours.name(),
              column.number(),
              reason,
              Stream.concat(Stream.of(check), column.numberChecks().stream())
                  .filter(it -> !it.isEmpty())
                  .collect(joining("; ")));
      default -> new DraftColumn(ours.name(), column.reference(), reason, check);
    };
  }
}
