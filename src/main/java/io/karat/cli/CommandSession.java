package io.karat.cli;

import io.karat.engine.HadoopDefaults;
import io.karat.input.Source;
import io.karat.night.ConfiguredOutput;
import io.karat.publishing.OutputFolder;
import io.karat.run.SessionSettings;
import io.karat.settings.Settings;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark session for the time of one command. */
record CommandSession(SparkSession spark) implements AutoCloseable {
  /**
   * What suits a night unless something else is given, by whatever Spark is started. A night
   * compiles more classes than the hundred that Spark keeps, and each task those that are lost. The
   * rows of a shuffle are sorted by partition, which costs less than a file per partition. Inputs
   * have one folder per day; a driver lists a few thousand of them faster than a job does. No
   * session brings classes of its own; otherwise each task asks the driver for every class that is
   * not there.
   */
  private static final Map<String, String> USUAL =
      Map.of(
          "spark.sql.codegen.cache.maxEntries", "2000",
          "spark.shuffle.sort.bypassMergeThreshold", "1",
          "spark.sql.sources.parallelPartitionDiscovery.threshold", "5000",
          "spark.sql.artifact.isolation.enabled", "false");

  private static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

  /**
   * Opens Spark with the settings on which results depend. The master is the one given to
   * spark-submit, or all cores of this machine.
   *
   * @param name the application's name in cluster pages and logs
   * @param timeZone the time zone of business days
   */
  static CommandSession open(String name, ZoneId timeZone, GlobalOptions options) {
    return open(name, timeZone, options, new SparkConf());
  }

  /** Opens Spark also with what the formats of the inputs need. */
  static CommandSession open(String name, Settings settings, GlobalOptions options) {
    SparkConf submitted = new SparkConf();
    Source.prepare(settings.inputs(), submitted);
    return open(name, settings.timeZone(), options, submitted);
  }

  private static CommandSession open(
      String name, ZoneId timeZone, GlobalOptions options, SparkConf submitted) {
    submitted.setIfMissing("spark.master", "local[*]");
    USUAL.forEach(submitted::setIfMissing);
    if (submitted.get("spark.master").startsWith("local")) {
      // Without this a task that lacks memory ends the process, and nobody says why.
      submitted.setIfMissing("spark.executor.killOnFatalError.depth", "0");
    } else {
      // Files of wall clocks are read in the zone of a process: executors have the driver's.
      String given = submitted.get(EXECUTOR_OPTIONS, "");
      submitted.set(
          EXECUTOR_OPTIONS,
          "-Duser.timezone=%s %s".formatted(ZoneId.systemDefault(), given).strip());
    }
    SparkSession.Builder builder = SparkSession.builder().config(submitted).appName(name);
    SessionSettings.apply(timeZone, builder);
    SparkSession spark = builder.getOrCreate();
    if (spark.sparkContext().isLocal()) {
      HadoopDefaults.leaveOut(spark.sparkContext());
    }
    spark.sparkContext().setLogLevel(options.verbose() ? "INFO" : "ERROR");
    return new CommandSession(spark);
  }

  /** The output folder of a configuration, on the file systems that Spark knows. */
  OutputFolder output(Settings settings) throws IOException {
    return ConfiguredOutput.open(
        settings.output(), spark.sparkContext().hadoopConfiguration(), Clock.SYSTEM);
  }

  @Override
  public void close() {
    spark.stop();
  }
}
