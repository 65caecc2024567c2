package io.karat.night;

import static io.karat.night.StandaloneSpark.SHORT_LIVED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.night.StandaloneSpark.Ended;
import io.karat.publishing.Release;
import io.karat.tables.ContentHash;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the built jar on another Spark: a copy of Karat without sources, an installation of
 * Spark with a cluster of processes, and a real HDFS that holds configuration, input and output.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
class SubmittedNightIT {
  private static final String FIRST = "2026-03-02";
  private static final String SECOND = "2026-03-03";

  /** The installation's own defaults; Karat's own properties take precedence. */
  private static final String DEFAULTS =
      """
      spark.driver.host                            127.0.0.1
      spark.executor.cores                         1
      spark.executor.memory                        512m
      spark.executor.extraJavaOptions              %s
      spark.cores.max                              2
      spark.scheduler.minRegisteredResourcesRatio  1.0
      spark.sql.shuffle.partitions                 4
      spark.eventLog.dir                           file://%s
      spark.eventLog.compress                      false
      """;

  @TempDir private static Path folder;
  private static MiniDFSCluster hdfs;
  private static StandaloneSpark cluster;
  private static DeployedKarat karat;
  private static ToyFirm firm;
  private static Ended client;
  private static Ended inCluster;
  private static CompletableFuture<NightResult> localNights;

  @BeforeAll
  static void submitNights(SparkSession spark) throws Exception {
    Path events = Files.createDirectories(folder.resolve("events"));
    String defaults = DEFAULTS.formatted(SHORT_LIVED, events);
    cluster = StandaloneSpark.install(folder.resolve("spark"), defaults);
    cluster.start(3, "4g");
    hdfs = new MiniDFSCluster.Builder(new Configuration(), folder.resolve("hdfs").toFile()).build();
    hdfs.waitActive();
    firm = ToyFirm.at(spark, folder);
    firm.write(ToyFirm.rows(spark, 1_000).repartition(4), "");
    deliver();
    karat = DeployedKarat.to(folder, cluster);
    // The same nights here, while the cluster is at work.
    localNights = CompletableFuture.supplyAsync(SubmittedNightIT::runLocally);
    String master = "--master=" + cluster.master();
    client = karat("run", master, "--as-of", FIRST, "--conf=spark.eventLog.enabled=true");
    inCluster =
        karat(
            "backfill",
            master,
            "--deploy-mode=cluster",
            "--driver-memory=1g",
            "--total-executor-cores=1",
            "--conf=spark.driver.extraJavaOptions=" + SHORT_LIVED,
            "--conf=spark.standalone.submit.waitAppCompletion=true",
            "--from=" + FIRST,
            "--to=" + SECOND);
  }

  @AfterAll
  static void stop() throws InterruptedException {
    cluster.stop();
    hdfs.shutdown(true);
  }

  @Test
  void aNightIsPublishedToHdfs() throws IOException {
    assertEquals(0, client.exitCode(), client::remarks);
    assertEquals(List.of("Night 2026-03-02 is live: run %s.".formatted(run(1))), nights(client));
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
  void aDriverInTheClusterLeavesOneNightUnchangedAndAddsTheNext() throws IOException {
    assertEquals(0, inCluster.exitCode(), inCluster::remarks);
    String results = String.join("\n", lines("spark/work/driver-", "stdout"));

    assertEquals(List.of(), nights(inCluster));
    assertEquals(
        List.of(
            "Night 2026-03-02 is unchanged and live: run %s.".formatted(run(1)),
            "Night 2026-03-03 is live: run %s.".formatted(run(2))),
        nights(new Ended(0, results, "")));
  }

  @Test
  void theTablesOnHdfsAreThoseOfLocalNights() throws Exception {
    NightResult local = localNights.get();

    assertEquals(ToyFirm.hashes(local.tables()), ToyFirm.hashes(readBack(local)));
    assertEquals(2, table("runs").count());
  }

  @Test
  void statusShowsWhatIsOnHdfs() throws Exception {
    Ended ended = karat("status", "--master=local[1]");

    assertEquals(0, ended.exitCode(), ended::remarks);
    String live = "2026-03-03  %s  live".formatted(run(2));
    assertTrue(ended.results().contains(live), ended.results());
  }

  private static NightResult runLocally() {
    try {
      firm.run(FIRST);
      return firm.run(SECOND);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Delivers the same firm to HDFS: its files, and a configuration with their HDFS paths. */
  private static void deliver() throws IOException {
    String there = firm.configuration().replace(folder.toString(), hdfs.getURI().toString());
    Path configuration = Files.writeString(folder.resolve("karat.yaml"), there);
    FileSystem files = hdfs.getFileSystem();
    files.copyFromLocalFile(path(configuration.toString()), path("/karat.yaml"));
    files.copyFromLocalFile(path(firm.input().toString()), path("/input"));
  }

  private static Ended karat(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config=%s/karat.yaml".formatted(hdfs.getURI()));
    return karat.run(all);
  }

  private static List<String> nights(Ended ended) {
    return ended.results().lines().filter(line -> line.startsWith("Night ")).toList();
  }

  /** The run that a commit on HDFS made live. */
  private static String run(int commit) throws IOException {
    return control("/output/commits/%d.json".formatted(commit)).path("run_id").asText();
  }

  private static SortedMap<String, Release.Table> readBack(NightResult night) throws IOException {
    SortedMap<String, Release.Table> tables = new TreeMap<>();
    for (String name : ToyFirm.hashes(night.tables()).keySet()) {
      tables.put(name, Release.Table.of(ContentHash.of(table(name))));
    }
    return tables;
  }

  /**
   * Reads a table as readers do: through {@code current.json}, and the history by the list of its
   * files.
   */
  private static Dataset<Row> table(String name) throws IOException {
    String release = control("/output/current.json").path("path").asText();
    assertTrue(release.startsWith("releases/" + run(2) + "/"), release);
    String output = hdfs.getURI() + "/output/";
    if (!name.equals("customer_value_history")) {
      return firm.spark().read().parquet("%s%s/%s".formatted(output, release, name));
    }

    String[] files =
        firm
            .spark()
            .read()
            .json("%s%s/%s.json".formatted(output, release, name))
            .select("file")
            .collectAsList()
            .stream()
            .map(row -> output + row.getString(0))
            .toArray(String[]::new);
    return firm.spark().read().option("mergeSchema", true).parquet(files);
  }

  private static JsonNode control(String file) throws IOException {
    try (FSDataInputStream bytes = hdfs.getFileSystem().open(path(file))) {
      return new ObjectMapper().readTree(bytes.readAllBytes());
    }
  }

  /** The lines of all local files below a path with a prefix, whose name has a prefix. */
  private static List<String> lines(String path, String name) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (folder.relativize(file).toString().startsWith(path)
            && file.getFileName().toString().startsWith(name)) {
          lines.addAll(Files.readAllLines(file, UTF_8));
        }
      }
    }
    return lines;
  }

  private static org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(name);
  }
}
