package io.karat.publishing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReplacedAndLeavesNothingBesideIt() throws IOException {
    TextFile file = TextFile.at(folder + "/collector/karat.prom", new Configuration());

    assertEquals(Optional.empty(), file.read());
    file.replace("first\n");
    file.replace("second\n");

    assertEquals(Optional.of("second\n"), file.read());
    assertArrayEquals(new String[] {"karat.prom"}, folder.resolve("collector").toFile().list());
  }

  @Test
  void anAddressOnThisMachineIsAFileToo() throws IOException {
    TextFile.at("file:" + folder + "/karat.prom", new Configuration()).replace("first\n");

    assertEquals(
        Optional.of("first\n"), TextFile.at(folder + "/karat.prom", new Configuration()).read());
  }

  @Test
  void anObjectStoreThatNobodyTestedIsRefused() {
    UsageException refused =
        assertThrows(
            UsageException.class, () -> TextFile.at("gs://shop/karat.prom", new Configuration()));

    assertEquals(
        "Output 'gs://shop/' is on 'gs', Google Cloud Storage, where no race of two runs has been tested: expected a folder on file:, hdfs: or s3a:. Set output.path to one.",
        refused.getMessage());
  }
}
