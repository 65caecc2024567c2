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
  void anObjectStoreIsRefused() {
    UsageException refused =
        assertThrows(
            UsageException.class, () -> TextFile.at("s3a://shop/karat.prom", new Configuration()));

    assertEquals(
        "Output 's3a://shop/' is on 's3a': expected a folder on file: or hdfs:. Set output.path to one.",
        refused.getMessage());
  }
}
