package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.JavaOptions;
import io.karat.testing.LocalSpark;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Test with a real cluster of two executor processes on this machine. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class LostExecutorTest {
  private final SparkSession spark;
  @TempDir Path folder;

  LostExecutorTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void aNightThatLosesAnExecutorPublishesWhatOneCoreDoes() throws Exception {
    ToyFirm firm = ToyFirm.at(spark, folder);
    firm.write(ToyFirm.rows(spark, 50_000).repartition(8), "");
    Path home = Files.createDirectories(folder.resolve("spark/jars")).getParent();
    ProcessBuilder builder =
        new ProcessBuilder(
                JavaOptions.command(
                    ClusterProcess.class,
                    "-Dspark.ui.showConsoleProgress=false",
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("SPARK_HOME", String.valueOf(home));
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process process = builder.start();
    try (BufferedReader answers = NightProcess.answers(process)) {
      String cluster = String.valueOf(answers.readLine());
      assertEquals("1", answers.readLine());
      String oneCore = answers.readLine();

      assertEquals(cluster, oneCore);
      assertEquals(PublishedTables.NAMES.size() - 1, cluster.split(", ", -1).length, cluster);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
