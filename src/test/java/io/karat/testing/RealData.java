package io.karat.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The location of the real data that some tests read. */
public final class RealData {
  private RealData() {}

  /** A folder of the real data; skips the test only if all of it is absent. */
  public static Path folder(String name) {
    Path data = Path.of(System.getProperty("karat.data", "../shared/data"));
    assumeTrue(
        Files.isDirectory(data),
        () ->
            "No real data at %s; name its folder with -Dkarat.data=…"
                .formatted(data.toAbsolutePath().normalize()));
    return data.resolve(name);
  }
}
