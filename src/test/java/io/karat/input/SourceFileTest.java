package io.karat.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of what became of a file since it was listed, by its size and time. */
class SourceFileTest {
  @ParameterizedTest
  @CsvSource({
    "hdfs, 7, 1000, as it was",
    "hdfs, 7, 1001, was written again",
    "s3a,  7, 1001, as it was",
    "s3a,  7, 2001, was written again",
    "s3a,  9, 1000, grew from 7 to 9 bytes"
  })
  void aStoreTellsTimesInSeconds(String scheme, long bytes, long time, String change) {
    SourceFile listed = new SourceFile(status(scheme, 7, 1000), Map.of(), Map.of());

    assertEquals(
        change, listed.change(Optional.of(status(scheme, bytes, time))).orElse("as it was"));
  }

  private static FileStatus status(String scheme, long bytes, long time) {
    return new FileStatus(bytes, false, 1, 1, time, new Path(scheme + "://shop/a.parquet"));
  }
}
