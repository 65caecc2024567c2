package io.karat.quality;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.summingLong;

import io.karat.input.QuarantineReason;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts of the unusable rows of an input, by event day and reason. */
public record QuarantinedRows(List<Count> counts) {
  public static final QuarantinedRows NONE = new QuarantinedRows(List.of());

  public QuarantinedRows {
    counts = List.copyOf(counts);
  }

  /** The rows of the given days. */
  QuarantinedRows of(Collection<LocalDate> days) {
    return new QuarantinedRows(
        counts.stream().filter(it -> it.day().filter(days::contains).isPresent()).toList());
  }

  long rows() {
    return counts.stream().mapToLong(Count::rows).sum();
  }

  boolean has(QuarantineReason reason) {
    return counts.stream().anyMatch(count -> count.reason().equals(reason.code()));
  }

  /** {@code 12 unreadable_time, 3 negative_amount}: the most frequent first, then by name. */
  String reasons(String separator) {
    Map<String, Long> rows =
        counts.stream().collect(groupingBy(Count::reason, summingLong(Count::rows)));
    return rows.entrySet().stream()
        .sorted(
            comparing((Map.Entry<String, Long> it) -> -it.getValue())
                .thenComparing(Map.Entry::getKey))
        .map(it -> it.getValue() + " " + it.getKey())
        .collect(joining(separator));
  }

  /**
   * The number of rows of one day and reason.
   *
   * @param day the event day; empty if it cannot be read
   */
  public record Count(Optional<LocalDate> day, String reason, long rows) {}
}
