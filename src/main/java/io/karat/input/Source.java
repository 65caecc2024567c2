package io.karat.input;

import io.karat.engine.SourceFormat;
import io.karat.run.UsageException;
import io.karat.settings.InputSettings;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * The location and format of an input.
 *
 * @param table the input, as in the configuration
 * @param paths files, folders, globs or Hadoop URIs
 * @param format any Spark source
 * @param options of that source, by name
 * @param day the day of the snapshot; empty if the path has no day
 */
public record Source(
    String table,
    List<String> paths,
    String format,
    Map<String, String> options,
    Optional<LocalDate> day) {
  private static final String NAMES = "pathGlobFilter";

  /** Sources that Spark knows and whose rows are not in files, or not in all of their files. */
  private static final Set<String> OTHER_FORMATS =
      Set.of("delta", "hudi", "iceberg", "jdbc", "kafka", "noop", "rate", "socket");

  /** Options on which files are listed, and those that say what holds anyway. */
  private static final List<String> OF_LISTING =
      List.of(NAMES, "recursiveFileLookup", "basePath", "mergeSchema");

  public Source {
    paths = List.copyOf(paths);
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /**
   * The source of an input for an as-of day: a day in its path is replaced.
   *
   * @throws io.karat.run.InputException if there is no such day, or the newest is too old
   */
  public static Source of(InputSettings settings, LocalDate asOf, Configuration hadoop) {
    String table = settings.table().tableName();
    List<SnapshotPath.Dated> dated =
        settings.paths().stream()
            .map(path -> new SnapshotPath(table, path, settings.maxAgeDays()).on(asOf, hadoop))
            .toList();
    return new Source(
        table,
        dated.stream().map(SnapshotPath.Dated::path).toList(),
        settings.format(),
        settings.options(),
        dated.stream().flatMap(path -> path.day().stream()).min(LocalDate::compareTo));
  }

  /**
   * The files that are there now, in the order of their paths, each once.
   *
   * @throws io.karat.run.InputException if a path does not exist or holds no file, or is part of a
   *     table whose log says which files count
   */
  public List<SourceFile> files(Configuration hadoop) {
    if (OTHER_FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
      throw new UsageException(notOfFiles());
    }

    FileListing listing = new FileListing(table, option(NAMES), hadoop);
    paths.forEach(listing::add);
    return listing.files();
  }

  /**
   * Opens files of this source to learn their columns.
   *
   * @throws io.karat.run.InputException if one cannot be opened
   * @throws UsageException if the format is not one of files
   */
  SourceRows open(List<SourceFile> files, SparkSession spark) {
    Map<String, String> ofReader = new TreeMap<>(options);
    ofReader.keySet().removeIf(name -> OF_LISTING.stream().anyMatch(name::equalsIgnoreCase));
    return SourceRows.of(table, format(ofReader, spark), files);
  }

  private SourceFormat format(Map<String, String> ofReader, SparkSession spark) {
    try {
      return SourceFormat.of(format, ofReader, spark);
    } catch (UnsupportedOperationException other) {
      throw new UsageException(notOfFiles(), other);
    } catch (IllegalArgumentException refused) {
      throw new UsageException(
          "Input '%s' has options that Spark refuses: %s. Correct 'inputs.%s.options'."
              .formatted(table, words(refused), table),
          refused);
    }
  }

  private String notOfFiles() {
    return "Input '%s' has format '%s', which is not one of files. Expected parquet, orc, csv, json, avro or text. Correct 'inputs.%s.format', or export the rows to files."
        .formatted(table, format, table);
  }

  private static String words(Throwable failure) {
    return String.valueOf(failure.getMessage()).replaceAll("[.\\s]+$", "");
  }

  private Optional<String> option(String name) {
    return options.entrySet().stream()
        .filter(option -> option.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
