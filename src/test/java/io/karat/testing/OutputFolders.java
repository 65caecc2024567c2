package io.karat.testing;

import io.karat.publishing.Keep;
import io.karat.publishing.OutputFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.hadoop.conf.Configuration;

/** Opener of output folders that keep what the default settings keep. */
public final class OutputFolders {
  private static final Keep USUAL = new Keep(14, 90, 400, Duration.ofHours(1));

  private OutputFolders() {}

  /** Opens a folder, which need not exist yet. */
  public static OutputFolder open(Path folder, Configuration hadoop, InstantSource clock)
      throws IOException {
    return OutputFolder.open(folder.toString(), hadoop, USUAL, clock);
  }

  /** Opens a folder that keeps this number of releases, and none for readers of old ones. */
  public static OutputFolder keeping(
      int releases, Path folder, Configuration hadoop, InstantSource clock) throws IOException {
    return OutputFolder.open(
        folder.toString(), hadoop, new Keep(releases, 1, 400, Duration.ZERO), clock);
  }
}
