package io.karat.night;

import io.karat.input.OpenedSource;
import io.karat.input.Source;
import io.karat.settings.InputTable;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Source of an input on a night. */
public record NightSource(Source source, OpenedSource content) {
  private static final long BYTES_IN_CACHE = 6L << 20;
  private static final long MOST_SMALL_PARTITIONS = 2_000;
  private static final long MOST_BYTES = 128L << 20;

  /** The source as it stands now. */
  static NightSource of(Source source, SparkSession spark) {
    return new NightSource(source, source.open(spark));
  }

  /** The number of files; 0 of a table or database. */
  public int files() {
    return content.files();
  }

  public InputTable table() {
    return InputTable.valueOf(source.table().toUpperCase(Locale.ROOT));
  }

  public long bytes() {
    return content.bytes();
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

  /**
   * The number of partitions of customers: enough that the state of one partition fits a
   * processor's cache, few for small inputs, and not too many for the shuffle of a large cluster.
   */
  static int partitions(List<NightSource> sources, SparkSession spark) {
    return partitions(sources.stream().mapToLong(NightSource::bytes).sum(), spark);
  }

  /**
   * The same for what is read of sources.
   *
   * @param bytes its size
   */
  static int partitions(long bytes, SparkSession spark) {
    long inCache = Math.min(bytes / BYTES_IN_CACHE, MOST_SMALL_PARTITIONS);
    long atLeast = Math.max(spark.sparkContext().defaultParallelism(), bytes / MOST_BYTES);
    return (int) Math.min(Math.max(inCache, atLeast), Integer.MAX_VALUE);
  }
}
