package io.karat.publishing;

import io.karat.run.UsageException;
import java.io.IOException;

/** Refusal of a command whose output folder cannot be written to. */
final class UnwritableOutput {
  private UnwritableOutput() {}

  static UsageException because(String location, String obstacle) {
    return new UsageException(message(location, obstacle));
  }

  static UsageException because(String location, IOException problem) {
    return new UsageException(message(location, OutputFolder.reason(problem)), problem);
  }

  private static String message(String location, String obstacle) {
    return "Output '%s' cannot be written: %s. Set output.path to a folder that this user may write to."
        .formatted(location, obstacle);
  }
}
