package io.karat.night;

import io.karat.input.Source;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An input on a night.
 *
 * @param files what is there
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
   * The day as of which its rows are known: that of its path, else that of reading them. None where
   * rows say their own day.
   */
  Optional<String> knownOn() {
    return table().isSnapshot()
        ? Optional.of(source.day().map(LocalDate::toString).orElse("when it was read"))
        : Optional.empty();
  }
}
