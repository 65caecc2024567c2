package io.karat.report;

import io.karat.publishing.Commit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.settings.BilingualText;
import io.karat.settings.Translations;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/** Characteristics of the live release that have more values than its report shows. */
public record ManyValues(OutputFolder output, Configuration hadoop) {
  /**
   * A remark on each of them.
   *
   * @throws IOException if the release cannot be read
   */
  public List<BilingualText> remarks() throws IOException {
    Commit head = output.head();
    Optional<Release> live = head.isNone() ? Optional.empty() : head.release(head.live());
    long rows =
        live.map(it -> it.tables().get(CoverageSection.TABLE)).map(Release.Table::rows).orElse(0L);
    if (rows <= LargestValues.MOST_WHOLE) {
      return List.of();
    }

    Map<String, Long> values = new TreeMap<>();
    new SmallTable(output.tables(live.orElseThrow()).files(CoverageSection.TABLE), hadoop)
        .read(row -> values.merge(row.word(LargestValues.CHARACTERISTIC), 1L, Long::sum));
    return values.entrySet().stream()
        .filter(it -> it.getValue() > LargestValues.MOST_WHOLE)
        .map(it -> Translations.text("input.many_values", it.getKey(), it.getValue()))
        .toList();
  }
}
