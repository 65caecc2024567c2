package io.karat.night;

import io.karat.input.OpenedSource;
import io.karat.input.Source;
import io.karat.input.SourceFile;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Source of an input on a night. */
public record NightSource(Source source, OpenedSource content) {
  /** The source with the files that are there now. */
  static NightSource of(Source source, Configuration hadoop) {
    return new NightSource(source, new OpenedSource(source, source.files(hadoop)));
  }

  /** The files, in the order of their paths. */
  public List<SourceFile> files() {
    return content.files();
  }

  public InputTable table() {
    return InputTable.valueOf(source.table().toUpperCase(Locale.ROOT));
  }

  public long bytes() {
    return files().stream().mapToLong(SourceFile::bytes).sum();
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
