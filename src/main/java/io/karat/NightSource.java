package io.karat;

import io.karat.input.Source;
import io.karat.settings.InputTable;
import java.util.List;
import java.util.Locale;

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
}
