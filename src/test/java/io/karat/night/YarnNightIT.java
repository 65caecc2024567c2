package io.karat.night;

import static io.karat.night.StandaloneSpark.SHORT_LIVED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.night.StandaloneSpark.Ended;
import io.karat.publishing.Release;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;
import org.apache.hadoop.yarn.server.resourcemanager.scheduler.fifo.FifoScheduler;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of nights on a real YARN: the first with its driver beside the launcher, the second with
 * its driver in the cluster. Needs a Spark of which there is a package for YARN.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class YarnNightIT {
  private static final String FIRST = "2026-03-02";
  private static final String SECOND = "2026-03-03";
  private static final Pattern OF_YARN = Pattern.compile("spark-yarn_.*");

  /** The installation's own defaults; the jars are where every machine of the cluster has them. */
  private static final String DEFAULTS =
      """
      spark.master                     yarn
      spark.driver.host                127.0.0.1
      spark.executor.instances         2
      spark.executor.memory            512m
      spark.executor.extraJavaOptions  %1$s
      spark.driver.extraJavaOptions    %1$s
      spark.yarn.am.memory             512m
      spark.sql.shuffle.partitions     4
      spark.yarn.jars                  local:%2$s/*
      spark.yarn.stagingDir            file:%4$s
      spark.yarn.appMasterEnv.JAVA_HOME  %3$s
      spark.executorEnv.JAVA_HOME      %3$s
      spark.yarn.appMasterEnv.SPARK_LOCAL_IP  127.0.0.1
      spark.executorEnv.SPARK_LOCAL_IP  127.0.0.1
      """;

  @TempDir private static Path folder;
  private static MiniYARNCluster yarn;
  private static ToyFirm firm;
  private static Ended client;
  private static Ended inCluster;
  private static NightResult local;

  @BeforeAll
  static void submitNights(SparkSession spark) throws Exception {
    yarn = new MiniYARNCluster("yarn", 1, 1, 1);
    assumeTrue(
        System.getProperty("java.class.path").contains("spark-yarn_"),
        "There is no package for YARN of this Spark: mvn verify -Dspark=4.2 -Pall runs these");
    StandaloneSpark installed =
        StandaloneSpark.install(
                folder.resolve("spark"),
                DEFAULTS.formatted(
                    SHORT_LIVED,
                    folder.resolve("spark/jars"),
                    System.getProperty("java.home"),
                    folder.resolve("staging")))
            .with(OF_YARN);
    installed.set("HADOOP_CONF_DIR", start().toString());
    firm = ToyFirm.at(spark, folder);
    firm.write(ToyFirm.rows(spark, 1_000).repartition(4), "");
    Path configuration =
        Files.writeString(
            folder.resolve("spark/karat.yaml"),
            firm.configuration().replace(firm.output().toString(), output().toString()));
    DeployedKarat karat = DeployedKarat.to(folder, installed);
    client = karat.run(List.of("run", "--as-of=" + FIRST, "--config=" + configuration));
    inCluster =
        karat.run(
            List.of(
                "run",
                "--as-of=" + SECOND,
                "--log-format=json",
                "--deploy-mode=cluster",
                "--driver-memory=1g",
                "--files=" + configuration,
                "--config=karat.yaml"));
    firm.run(FIRST);
    local = firm.run(SECOND);
  }

  /** Starts the cluster; the result is the folder with its settings. */
  private static Path start() throws IOException {
    YarnConfiguration settings = new YarnConfiguration();
    settings.set("fs.defaultFS", "file:///");
    settings.set(YarnConfiguration.RM_SCHEDULER, FifoScheduler.class.getName());
    settings.setInt(YarnConfiguration.NM_PMEM_MB, 4096);
    settings.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
    settings.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    settings.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 100);
    yarn.init(settings);
    yarn.start();
    Path folderOfSettings = Files.createDirectories(folder.resolve("hadoop"));
    try (OutputStream file = Files.newOutputStream(folderOfSettings.resolve("yarn-site.xml"))) {
      yarn.getConfig().writeXml(file);
    }
    return folderOfSettings;
  }

  private static Path output() {
    return folder.resolve("published");
  }

  @AfterAll
  static void stop() throws IOException {
    yarn.close();
  }

  @Test
  void aNightWithItsDriverHereIsPublished() {
    assertEquals(0, client.exitCode(), client::remarks);
    assertTrue(client.results().startsWith("Night 2026-03-02 is live: run "), client.results());
  }

  @Test
  void aNightWithItsDriverInTheClusterIsPublished() throws IOException {
    assertEquals(0, inCluster.exitCode(), inCluster::remarks);
    assertEquals("03-02, 03-03 live", firm.publishingTo(output()).nights());
  }

  @Test
  void theTablesAreThoseOfLocalNights() throws IOException {
    Release live = firm.publishingTo(output()).out().head().releases().get(1);

    assertEquals(ToyFirm.hashes(local.tables()), ToyFirm.hashes(live.tables()));
  }

  /** A driver here knows its night when it asks for its place in the cluster. */
  @Test
  void theClusterListsBothNightsByNameAsSucceeded() {
    assertEquals(
        "karat run 2026-03-02 SUCCEEDED, karat run SUCCEEDED",
        yarn.getResourceManager().getRMContext().getRMApps().values().stream()
            .map(it -> it.getName() + " " + it.getFinalApplicationStatus())
            .sorted()
            .collect(joining(", ")));
  }

  /** The log of the driver is JSON, as the command asks, and tells the story of the night. */
  @Test
  void theDriverInTheClusterLogsAsTheCommandAsks() throws IOException {
    List<String> messages = new ArrayList<>();
    for (String line : Files.readAllLines(driverLog(), UTF_8)) {
      if (line.startsWith("{")) {
        messages.add(new ObjectMapper().readTree(line).path("message").asText());
      }
    }

    assertTrue(
        messages.stream().anyMatch(it -> it.startsWith("Commit 2: run ")), messages::toString);
  }

  /** The standard error of the first container of the second application. */
  private static Path driverLog() throws IOException {
    Path logs = Path.of(yarn.getNodeManager(0).getConfig().get(YarnConfiguration.NM_LOG_DIRS));
    try (Stream<Path> files = Files.walk(logs)) {
      return files
          .filter(file -> file.toString().matches(".*/container_\\d+_0002_01_000001/stderr"))
          .findFirst()
          .orElseThrow();
    }
  }
}
