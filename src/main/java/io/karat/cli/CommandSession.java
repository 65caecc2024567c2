package io.karat.cli;

import io.karat.engine.HadoopDefaults;
import io.karat.input.Source;
import io.karat.night.ConfiguredOutput;
import io.karat.publishing.OutputFolder;
import io.karat.run.SessionSettings;
import io.karat.settings.Settings;
import java.io.IOException;
import java.time.ZoneId;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Spark session for the time of one command. */
record CommandSession(SparkSession spark) implements AutoCloseable {
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
    if (submitted.get("spark.master").startsWith("local")) {
      // Without this a task that lacks memory ends the process, and nobody says why.
      submitted.setIfMissing("spark.executor.killOnFatalError.depth", "0");
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
