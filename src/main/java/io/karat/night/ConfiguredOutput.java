package io.karat.night;

import io.karat.publishing.Keep;
import io.karat.publishing.OutputFolder;
import io.karat.settings.Output;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.hadoop.conf.Configuration;

/** Output folder of a configuration, with its rules of retention. */
public final class ConfiguredOutput {
  private ConfiguredOutput() {}

  /**
   * Opens the folder, which need not exist yet. From then on, what is written through Hadoop has
   * the permissions that the configuration leaves.
   *
   * @throws io.karat.run.UsageException if it is neither on this machine nor on HDFS
   */
  public static OutputFolder open(Output output, Configuration hadoop, InstantSource clock)
      throws IOException {
    output.umask().apply(hadoop);
    return OutputFolder.open(output.path(), hadoop, keep(output), clock);
  }

  static Keep keep(Output output) {
    Output.Retention retention = output.retention();
    return new Keep(
        retention.releases(),
        retention.quarantineDays(),
        output.historyDays(),
        Duration.ofMinutes(retention.readerMinutes()));
  }
}
