package io.karat.night;

import io.karat.input.Source;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Source of an input on a night.
 *
 * @param files the files that are there now
 */
public record NightSource(Source source, List<Source.SourceFile> files) {
  public NightSource {
    files = List.copyOf(files);
  }

  public InputTable table() {
    return InputTable.valueOf(source.table().toUpperCase(Locale.ROOT));
  }

  public long bytes() {
    return files.stream().mapToLong(Source.SourceFile::bytes).sum();
  }

  /**
   * The day for which the rows of a snapshot are valid: the day in its path, else the day of
   * reading. Empty for event tables, whose rows carry their own day.
   */
  Optional<String> knownOn() {
    return table().isSnapshot()
        ? Optional.of(source.day().map(LocalDate::toString).orElse("when it was read"))
        : Optional.empty();
  }
}
