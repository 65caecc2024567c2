package io.karat.input;

import io.karat.engine.SourceFormat;
import io.karat.run.UsageException;
import io.karat.settings.InputSettings;
import io.karat.settings.Inputs;
import io.karat.settings.JoinSettings;
import io.karat.settings.SecretOptions;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The location and format of an input.
 *
 * @param table the input, as in the configuration
 * @param paths files, folders, globs or Hadoop URIs; one table if the format is one of tables; none
 *     of a database
 * @param format a format of files or tables, or {@code jdbc}
 * @param options of that source, by name
 * @param secrets options that no text shows
 * @param day the day of the snapshot; empty if the path has no day
 * @param joins tables that are joined to its rows, in this order
 */
public record Source(
    String table,
    List<String> paths,
    String format,
    Map<String, String> options,
    SecretOptions secrets,
    Optional<LocalDate> day,
    List<Join> joins) {
  private static final String NAMES = "pathGlobFilter";

  /** Sources that Spark may know and whose rows are not in files, or not in all of their files. */
  private static final Set<String> OTHER_FORMATS =
      Set.of("hudi", "kafka", "noop", "rate", "socket");

  /** Options on which files are listed, and those that say what holds anyway. */
  private static final List<String> OF_LISTING =
      List.of(NAMES, "recursiveFileLookup", "basePath", "mergeSchema");

  public Source {
    paths = List.copyOf(paths);
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(options);
    options = Collections.unmodifiableMap(byName);
    joins = List.copyOf(joins);
  }

  /**
   * Table that is joined by key.
   *
   * @param to the table
   * @param settings the key and the columns to bring
   * @param isIdRaw whether texts of keys stay as they are written
   */
  public record Join(Source to, JoinSettings settings, boolean isIdRaw) {}

  /**
   * The source of an input for an as-of day: a day in its path is replaced.
   *
   * @throws io.karat.run.InputException if there is no such day, or the newest is too old
   */
  public static Source of(InputSettings settings, LocalDate asOf, Configuration hadoop) {
    String table = settings.table().tableName();
    List<SnapshotPath.Dated> dated =
        dated(table, settings.paths(), settings.maxAgeDays(), asOf, hadoop);
    boolean isIdRaw = settings.keepIds() == InputSettings.KeptIds.RAW;
    return new Source(
        table,
        dated.stream().map(SnapshotPath.Dated::path).toList(),
        settings.format(),
        settings.options(),
        settings.secrets(),
        day(dated),
        settings.joins().stream()
            .map(join -> new Join(joined(table, join, asOf, hadoop), join, isIdRaw))
            .toList());
  }

  private static Source joined(
      String table, JoinSettings join, LocalDate asOf, Configuration hadoop) {
    String name = table + "." + join.at().name();
    List<SnapshotPath.Dated> dated = dated(name, join.paths(), Optional.empty(), asOf, hadoop);
    return new Source(
        name,
        dated.stream().map(SnapshotPath.Dated::path).toList(),
        join.format(),
        join.options(),
        join.secrets(),
        day(dated),
        List.of());
  }

  private static List<SnapshotPath.Dated> dated(
      String table,
      List<String> paths,
      Optional<Integer> maxAgeDays,
      LocalDate asOf,
      Configuration hadoop) {
    return paths.stream()
        .map(path -> new SnapshotPath(table, path, maxAgeDays).on(asOf, hadoop))
        .toList();
  }

  private static Optional<LocalDate> day(List<SnapshotPath.Dated> paths) {
    return paths.stream().flatMap(path -> path.day().stream()).min(LocalDate::compareTo);
  }

  /** The key of a source's path below {@code inputs}: {@code to} of a table that is joined. */
  static String pathKey(String table) {
    return table + (table.contains(".") ? ".to" : ".path");
  }

  /** Adds to the settings of a session what the formats of inputs need, if their jars are there. */
  public static void prepare(Inputs inputs, SparkConf session) {
    boolean isDelta =
        inputs.all().stream()
            .flatMap(
                input ->
                    Stream.concat(
                        Stream.of(input.format()),
                        input.joins().stream().map(JoinSettings::format)))
            .anyMatch(DeltaTable.FORMAT::equalsIgnoreCase);
    if (isDelta) {
      DeltaTable.prepare(session);
    }
  }

  /**
   * Opens the source as it stands now. The files are listed, not opened; of a table the version is
   * looked up, of a database the columns.
   *
   * @throws io.karat.run.InputException if it is not there, or holds nothing; if a path is part of
   *     a table whose log says which files count
   * @throws UsageException if the format is not one that can be read, or its jars are not there
   */
  public OpenedSource open(SparkSession spark) {
    return joins.isEmpty()
        ? opened(spark)
        : JoinedSource.of(table, opened(spark), joins, join -> join.to().opened(spark));
  }

  private OpenedSource opened(SparkSession spark) {
    return switch (format.toLowerCase(Locale.ROOT)) {
      case DeltaTable.FORMAT -> DeltaTable.open(this, spark);
      case IcebergTable.FORMAT -> IcebergTable.open(this, spark);
      case OpenedDatabase.FORMAT -> OpenedDatabase.open(this, spark);
      default -> {
        SourceFormat known = ofFiles(spark);
        yield new OpenedFiles(table, known, files(spark.sparkContext().hadoopConfiguration()));
      }
    };
  }

  /** The only path of a table. */
  String path() {
    return paths.get(0);
  }

  /** The value of an option, whose name may be in any case. */
  Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** The options without those of these names. */
  Map<String, String> optionsWithout(List<String> names) {
    Map<String, String> others = new TreeMap<>(options);
    others.keySet().removeIf(name -> names.stream().anyMatch(name::equalsIgnoreCase));
    return others;
  }

  /** The files that are there now, in the order of their paths, each once. */
  List<SourceFile> files(Configuration hadoop) {
    FileListing listing = new FileListing(table, option(NAMES), hadoop);
    paths.forEach(listing::add);
    return listing.files();
  }

  private SourceFormat ofFiles(SparkSession spark) {
    if (OTHER_FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
      throw new UsageException(unknownFormat());
    }

    try {
      return SourceFormat.of(format, secrets.with(optionsWithout(OF_LISTING)), spark);
    } catch (UnsupportedOperationException other) {
      throw new UsageException(unknownFormat(), other);
    } catch (IllegalArgumentException refused) {
      throw new UsageException(
          "Input '%s' has options that Spark refuses: %s. Correct 'inputs.%s.options'."
              .formatted(table, words(refused), table),
          refused);
    }
  }

  private String unknownFormat() {
    return "Input '%s' has format '%s', which cannot be an input: expected files of parquet, orc, csv, json, avro or text, or delta, iceberg or jdbc. Correct 'inputs.%s.format', or export the rows to files."
        .formatted(table, format, table);
  }

  private static String words(Throwable failure) {
    return String.valueOf(failure.getMessage()).replaceAll("[.\\s]+$", "");
  }
}
