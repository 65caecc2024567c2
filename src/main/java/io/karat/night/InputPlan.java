package io.karat.night;

import io.karat.input.EventDays;
import io.karat.input.InputMapping;
import io.karat.input.OpenedFiles;
import io.karat.settings.InputTable;
import io.karat.state.DaysToRead;
import io.karat.state.FileRows;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Plan of what a night reads of an input.
 *
 * @param files its files, if the night keeps a state of it
 * @param days the days to read; empty if it is read whole
 * @param reason why it is read whole, in words; empty if it always is
 */
record InputPlan(
    NightSource source, Optional<OpenedFiles> files, Optional<DaysToRead> days, String reason) {
  private static final long PARTS = 2;

  /** A plan to read an input whole. */
  static InputPlan whole(NightSource source, Optional<OpenedFiles> files, String reason) {
    return new InputPlan(source, files, Optional.empty(), reason);
  }

  /** A plan to read some days; the input is read whole where that costs less. */
  static InputPlan of(NightSource source, OpenedFiles files, DaysToRead days) {
    Optional<LocalDate> merged = days.mergedDay();
    if (merged.isPresent()) {
      return whole(
          source,
          Optional.of(files),
          "%s may have changed, and days before %s are kept as one"
              .formatted(merged.get(), days.since()));
    }
    if (days.bytes() * PARTS > source.bytes()) {
      return whole(
          source,
          Optional.of(files),
          days.files().size() == files.all().size()
              ? "each of its files has days to read"
              : "the days to read lie in %,d of its %,d files, with more than half of its bytes"
                  .formatted(days.files().size(), files.all().size()));
    }

    return new InputPlan(source, Optional.of(files), Optional.of(days), "");
  }

  /** The size of the files that are read. */
  long bytes() {
    return days.map(DaysToRead::bytes).orElseGet(source::bytes);
  }

  /** The same input, read whole. */
  InputPlan whole(String because) {
    return whole(source, files, because);
  }

  InputTable table() {
    return source.table();
  }

  /** The days that are read; empty if all are. */
  Optional<EventDays> read() {
    return days.map(DaysToRead::read);
  }

  /** The rows, which tell the number of their file if a state is kept. */
  Dataset<Row> rows(InputMapping mapping) {
    return files.isEmpty()
        ? source.content().rows(mapping)
        : files.get().rowsOf(numbers(files.get()), mapping, false);
  }

  /** The rows, each with the path of its file if there is one. */
  Dataset<Row> namedRows(InputMapping mapping) {
    return days.isEmpty()
        ? source.content().namedRows(mapping)
        : files.orElseThrow().rowsOf(days.get().files(), mapping, true);
  }

  private Set<Integer> numbers(OpenedFiles all) {
    return days.<Set<Integer>>map(DaysToRead::files)
        .orElseGet(() -> IntStream.range(0, all.all().size()).boxed().collect(Collectors.toSet()));
  }

  /** The first day that keeps an entry of its own; empty if all do. */
  Optional<LocalDate> since() {
    return days.map(DaysToRead::since);
  }

  /** What is read, in words; empty if nothing is to be said of it. */
  String inWords() {
    if (days.isEmpty()) {
      return reason.isEmpty() ? "" : "; all, as " + reason;
    }

    DaysToRead read = days.get();
    return "; of them %,d (%,d bytes) for %s: %,d that may have changed, by %s, and %,d to be compared"
        .formatted(
            read.files().size(),
            read.bytes(),
            InputAccount.days(read.read().days().size()),
            read.rebuilt().days().size(),
            read.changes().inWords(),
            read.compared().size());
  }

  /** The rows of the days that are not read. */
  List<FileRows> kept() {
    return days.map(DaysToRead::kept).orElse(List.of());
  }
}
