package io.karat.engine;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;

/** Format of a file that is read as Parquet and is none, as far as its name says one. */
final class MissingFormat {
  private static final Pattern NAME =
      Pattern.compile("(?i).*?\\.([a-z]+)(\\.(gz|zst|bz2|lz4|snappy|deflate))?");

  private static final String CSV = "Set 'format: csv'";
  private static final String JSON = "Set 'format: json'";
  private static final Map<String, String> ADVICE =
      Map.of(
          "csv",
          CSV,
          "tsv",
          CSV + " and 'options: {sep: \"\\t\"}'",
          "json",
          JSON,
          "jsonl",
          JSON,
          "ndjson",
          JSON,
          "orc",
          "Set 'format: orc'",
          "avro",
          "Set 'format: avro'",
          "xml",
          "Set 'format: xml' and 'options: {rowTag: …}'",
          "xlsx",
          "Save it as csv and set 'format: csv'");

  private MissingFormat() {}

  /** What to set, a sentence; empty if the name says no other format. */
  static Optional<String> advice(FileStatus file) {
    Matcher name = NAME.matcher(file.getPath().getName());
    return Optional.of(name)
        .filter(Matcher::matches)
        .map(it -> ADVICE.get(it.group(1).toLowerCase(Locale.ROOT)))
        .map("%s for its input: where 'format' is missing, Parquet is read."::formatted);
  }
}
