package io.karat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.frame.ContentHash;
import io.karat.publishing.Release;
import io.karat.testing.LocalSpark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The built jar on somebody's own Spark: a deployed copy of Karat without sources, an installation
 * of Spark with a cluster of processes, and a real HDFS that holds configuration, input and output.
 */
@ExtendWith(LocalSpark.class)
class SubmittedNightIT {
  private static final String NIGHT = "2026-03-03";

  /** What the installation itself is set to; Karat's own properties come before these. */
  private static final String DEFAULTS =
      """
      spark.driver.host                       127.0.0.1
      spark.driver.extraJavaOptions           -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
      spark.executor.extraJavaOptions         -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
      spark.executor.cores                    1
      spark.executor.memory                   512m
      spark.cores.max                         2
      spark.scheduler.minRegisteredResourcesRatio  1.0
      spark.eventLog.dir                      %s
      spark.eventLog.compress                 false
      spark.master.rest.enabled               false
      spark.sql.shuffle.partitions            4
      """;

  @TempDir private static Path folder;
  private static MiniDFSCluster hdfs;
  private static StandaloneSpark cluster;
  private static String master = "";
  private static ToyFirm firm;
  private static Ended first;

  private record Ended(int exitCode, String results, String remarks) {}

  @BeforeAll
  static void submitANight(SparkSession spark) throws Exception {
    Path events = Files.createDirectories(folder.resolve("events"));
    cluster = StandaloneSpark.install(folder.resolve("spark"), DEFAULTS.formatted(events.toUri()));
    master = cluster.start(3, "4g");
    hdfs = new MiniDFSCluster.Builder(new Configuration(), folder.resolve("hdfs").toFile()).build();
    hdfs.waitActive();
    firm = ToyFirm.at(spark, folder);
    firm.write(ToyFirm.rows(spark, 1_000).repartition(4), "");
    deliver();
    deploy();
    first =
        karat("run", "--as-of", NIGHT, "--master", master, "--conf", "spark.eventLog.enabled=true");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    cluster.stop();
    hdfs.shutdown(true);
  }

  @Test
  void aNightOnAClusterPublishesToHdfsWhatALocalOneDoes() throws IOException {
    assertEquals(0, first.exitCode(), first::remarks);
    assertTrue(first.results().startsWith("Night 2026-03-03 is live: run "), first.results());

    NightResult local = firm.run(NIGHT);
    assertEquals(ToyFirm.hashes(local.tables()), ToyFirm.hashes(readBack(local)));
    assertEquals(1, table("runs").count());
  }

  @Test
  void executorsDoTheWorkWithTheJarThatWasShippedToThem() throws IOException {
    String application = "";
    TreeSet<String> executors = new TreeSet<>();
    for (String line : lines("events", "events_")) {
      JsonNode event = new ObjectMapper().readTree(line);
      switch (event.path("Event").asText()) {
        case "SparkListenerApplicationStart" -> application = event.path("App ID").asText();
        case "SparkListenerTaskEnd" ->
            executors.add(event.path("Task Info").path("Executor ID").asText());
        default -> {}
      }
    }

    assertEquals(List.of("0", "1"), List.copyOf(executors));
    for (String executor : executors) {
      Path jar = cluster.work().resolve(application).resolve(executor).resolve("karat.jar");
      assertTrue(Files.exists(jar), jar::toString);
    }
  }

  @Test
  void theSameNightFromADriverInTheClusterIsUnchanged() throws Exception {
    Ended ended =
        karat(
            "run",
            "--as-of",
            NIGHT,
            "--deploy-mode",
            "cluster",
            "--driver-memory=1g",
            "--total-executor-cores=1",
            "--master",
            master,
            "--conf",
            "spark.standalone.submit.waitAppCompletion=true");

    assertEquals(0, ended.exitCode(), ended::remarks);
    String results = String.join("\n", lines("spark/work/driver", "stdout"));
    assertEquals(
        "Night 2026-03-03 is unchanged and live: run %s."
            .formatted(current().path("run_id").asText()),
        results.lines().findFirst().orElse(""));
  }

  @Test
  void statusShowsTheReleaseOnHdfs() throws Exception {
    Ended ended = karat("status", "--master", "local[1]");

    assertEquals(0, ended.exitCode(), ended::remarks);
    String live = "2026-03-03  %s  live".formatted(current().path("run_id").asText());
    assertTrue(ended.results().contains(live), ended.results());
  }

  /** The same firm on HDFS: its files and a configuration that names them there. */
  private static void deliver() throws IOException {
    FileSystem files = hdfs.getFileSystem();
    files.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(firm.input().toString()),
        new org.apache.hadoop.fs.Path("/input"));
    String there = firm.configuration().replace(folder.toString(), hdfs.getURI().toString());
    Path here = Files.writeString(folder.resolve("karat.yaml"), there);
    files.copyFromLocalFile(
        new org.apache.hadoop.fs.Path(here.toString()),
        new org.apache.hadoop.fs.Path("/karat.yaml"));
  }

  /** What an administrator copies to a machine of the cluster. */
  private static void deploy() throws IOException {
    for (String name :
        List.of(
            "scripts/karat",
            "scripts/prepare.bash",
            "conf/log4j2.properties",
            "conf/spark-defaults.conf",
            "target/karat.jar")) {
      Path file = folder.resolve("opt karat").resolve(name);
      Files.createDirectories(file.getParent());
      Files.copy(Path.of(name), file, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private static Ended karat(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(folder.resolve("opt karat/scripts/karat").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--config", hdfs.getURI() + "/karat.yaml"));
    File results = folder.resolve("results").toFile();
    File remarks = folder.resolve("remarks").toFile();
    Process process =
        cluster
            .process(command.toArray(String[]::new))
            .directory(folder.toFile())
            .redirectOutput(results)
            .redirectError(remarks)
            .start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("Does not end: " + String.join(" ", command));
    }
    return new Ended(
        process.exitValue(),
        Files.readString(results.toPath(), UTF_8),
        Files.readString(remarks.toPath(), UTF_8));
  }

  private static SortedMap<String, Release.Table> readBack(NightResult night) throws IOException {
    SortedMap<String, Release.Table> tables = new TreeMap<>();
    for (String name : night.tables().keySet()) {
      if (!name.equals("runs")) {
        tables.put(name, Release.Table.of(ContentHash.of(table(name))));
      }
    }
    return tables;
  }

  private static Dataset<Row> table(String name) throws IOException {
    String release = current().path("path").asText();
    return firm.spark().read().parquet("%s/output/%s/%s".formatted(hdfs.getURI(), release, name));
  }

  private static JsonNode current() throws IOException {
    try (FSDataInputStream file =
        hdfs.getFileSystem().open(new org.apache.hadoop.fs.Path("/output/current.json"))) {
      return new ObjectMapper().readTree(file.readAllBytes());
    }
  }

  private static List<String> lines(String root, String part) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path file : files(root, part)) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  /**
   * Files whose path starts with one text, within the folder of this test, and contains another.
   */
  private static List<Path> files(String start, String part) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> folder.relativize(file).toString().startsWith(start))
          .filter(file -> file.toString().contains(part))
          .toList();
    }
  }
}
