package io.karat.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.tables.PlainLocalFiles;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Permissions of what Spark and Java write. */
@ExtendWith(LocalSpark.class)
class UmaskTest {
  private final SparkSession spark;
  @TempDir Path folder;

  UmaskTest(SparkSession spark) {
    this.spark = spark;
  }

  @ParameterizedTest
  @CsvSource({
    "027, rw-r-----, rwxr-x---",
    "077, rw-------, rwx------",
    "022, rw-r--r--, rwxr-xr-x",
  })
  void filesAndFoldersHaveNoMoreThanItLeaves(String digits, String files, String folders)
      throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    String before = hadoop.get("fs.permissions.umask-mode", "022");
    Umask umask = new Umask(digits);
    umask.apply(hadoop);
    try {
      Path table = folder.resolve("release/table");
      spark.range(3).write().options(PlainLocalFiles.SETTINGS).parquet(table.toString());
      Files.createFile(folder.resolve("release/report.html"), umask.forFiles());
    } finally {
      hadoop.set("fs.permissions.umask-mode", before);
    }

    TreeSet<String> ofFiles = new TreeSet<>();
    TreeSet<String> ofFolders = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(folder.resolve("release"))) {
      for (Path path : paths.toList()) {
        (Files.isDirectory(path) ? ofFolders : ofFiles)
            .add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
      }
    }
    assertEquals(List.of(files), List.copyOf(ofFiles));
    assertEquals(List.of(folders), List.copyOf(ofFolders));
  }
}
