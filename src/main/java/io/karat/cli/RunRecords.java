package io.karat.cli;

import io.karat.night.ConfiguredOutput;
import io.karat.publishing.TextFile;
import io.karat.report.Metrics;
import io.karat.report.RunReport;
import io.karat.run.KaratException;
import io.karat.settings.Settings;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Records of a run, regardless of its outcome: the run report, and metrics for Prometheus. */
record RunRecords(Settings settings, Configuration hadoop, Console console) {
  /** Writes both; a failure to write is a warning only. */
  void write(RunReport report) {
    try {
      ConfiguredOutput.open(settings.output(), hadoop, Clock.SYSTEM)
          .report(report.json(console::lines));
    } catch (IOException | KaratException unwritable) {
      console.warn("The run report cannot be written: " + Failures.detail(unwritable) + ".");
      if (settings.output().hasMetricsInside()) {
        return;
      }
    }
    writeMetrics(report);
  }

  private void writeMetrics(RunReport report) {
    try {
      TextFile file = TextFile.at(settings.output().metricsFile(), hadoop);
      Metrics metrics = new Metrics(settings.name(), Clock.SYSTEM.instant());
      file.replace(metrics.text(report, file.read()));
    } catch (IOException | KaratException unwritable) {
      console.warn("The metrics cannot be written: " + Failures.detail(unwritable) + ".");
    }
  }
}
