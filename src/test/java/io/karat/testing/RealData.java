package io.karat.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the real data lies that some tests run on. */
public final class RealData {
  private RealData() {}

  /** A folder of the real data; the test is skipped only where all of it is absent. */
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
