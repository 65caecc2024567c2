package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;

import io.karat.publishing.OutputFolder;
import io.karat.publishing.Publishers;
import io.karat.publishing.Release;
import io.karat.report.RunRecord;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.InputTable;
import io.karat.settings.yaml.Problems;
import io.karat.testing.OutputFolders;
import io.karat.testing.SilentProgress;
import io.karat.testing.TextTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Small firm in a folder: its deliveries by day, its configuration and its output. */
public record ToyFirm(SparkSession spark, Path folder, Path output, InstantSource clock) {
  /** The only instant of the clock in most tests. */
  public static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  public static final String COLUMNS =
      "id string, customer string, at timestamp, amount decimal(12,2), kind string";

  /** Switches the report off, which shortens a night; tests of reports switch theirs on. */
  static final String REPORT_OFF = "  report: false\n";

  private static final String CONFIGURATION =
      """
      name: toy
      inputs:
        transactions:
          path: '%s'
          where: kind <> 'TEST'
          columns:
            transaction_id: id
            customer_id: customer
            transaction_time: at
            amount: amount
            type: kind
      indicators:
        windows: [lifetime]
      output:
        path: '%s'
      """
          + REPORT_OFF;

  /** Switches the models off, which shortens a night; tests of models switch theirs on. */
  static final String WITHOUT_MODELS =
      """
      classification: false
      pyramids: false
      scorecard: false
      rfm: false
      labels: false
      churn: false
      lifetime_value: false
      clustering: false
      movement: false
      """;

  /** A firm with a fixed clock. */
  public static ToyFirm at(SparkSession spark, Path folder) {
    return new ToyFirm(spark, folder, folder.resolve("output"), () -> NOON);
  }

  public Path input() {
    return folder.resolve("input");
  }

  /** The source rows of its transactions on a night. */
  Dataset<Row> transactions(String asOf) {
    NightPlan plan = plan();
    return plan.sources(LocalDate.parse(asOf), spark)
        .get(0)
        .content()
        .rows(plan.mapping(InputTable.TRANSACTIONS));
  }

  /** The same firm with another output and the system clock. */
  public ToyFirm publishingTo(Path other) {
    return new ToyFirm(spark, folder, other, InstantSource.system());
  }

  /** Rows of {@link #COLUMNS} on three days, always the same. */
  public static Dataset<Row> rows(SparkSession spark, long count) {
    return spark
        .range(count)
        .selectExpr(
            "concat('s', id) id",
            "concat('c', id % 37) customer",
            "TIMESTAMP '2026-03-01 08:00:00' + make_interval(0, 0, 0, id % 3, 0, id % 50, 0) at",
            "cast(cast(id * 7919 % 10007 AS decimal(12,2)) / 100 AS decimal(12,2)) amount",
            "if(id % 11 = 0, 'RETURN', 'SALE') kind");
  }

  /** Delivers rows of {@link #COLUMNS} for a day, in one file; adds to what is there. */
  public ToyFirm deliver(String day, String rows) {
    write(TextTable.frame(spark, COLUMNS, rows).coalesce(1), "day=" + day);
    return this;
  }

  public void write(Dataset<Row> rows, String name) {
    rows.write().mode(SaveMode.Append).parquet(input().resolve(name).toString());
  }

  /** The configuration as YAML. */
  public String configuration() {
    return CONFIGURATION.formatted(input(), output()) + WITHOUT_MODELS;
  }

  public NightPlan plan(String... sets) {
    return plan(configuration(), Map.of(), sets);
  }

  /** The plan of a configuration that names the folder only by the variable {@code PLACE}. */
  public NightPlan planByVariable(Map<String, String> environment, String... sets) {
    return plan(configuration().replace(folder.toString(), "${PLACE}"), environment, sets);
  }

  private static NightPlan plan(
      String configuration, Map<String, String> environment, String... sets) {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                "toy.yaml", configuration, environment, List.of(sets), problems),
            problems);
    problems.throwIfAny();
    return plan;
  }

  public NightResult run(String asOf, String... sets) throws IOException {
    return job(plan(sets)).run(LocalDate.parse(asOf), false);
  }

  /** Runs a night that these publishers follow. */
  public NightResult run(String asOf, Publishers publishers) throws IOException {
    LocalDate night = LocalDate.parse(asOf);
    NightPlan plan = plan();
    List<NightSource> sources = plan.sources(night, spark);
    return job(plan).run(night, NightJob.Aim.TABLES, sources, out(), publishers);
  }

  NightJob job(NightPlan plan) {
    RunRecord record = new RunRecord("run", NOON);
    return new NightJob(spark, plan, SilentProgress.INSTANCE, record, clock);
  }

  public OutputFolder out() throws IOException {
    return OutputFolders.open(output(), spark.sparkContext().hadoopConfiguration(), clock);
  }

  /** Reads a table through the link {@code current}. */
  Dataset<Row> table(String name) {
    return spark.read().parquet(output().resolve("current").resolve(name).toString());
  }

  Dataset<Row> table(NightResult night, String name) {
    return spark.read().parquet(output().resolve(night.path()).resolve(name).toString());
  }

  /** The nights that readers see or may roll back to, such as {@code "03-01, 03-02 live"}. */
  public String nights() throws IOException {
    return out().status().releases().stream()
        .map(
            line ->
                line.asOf().toString().substring("2026-".length())
                    + (line.live() ? " live" : "")
                    + (line.withdrawn() ? " withdrawn" : ""))
        .collect(joining(", "));
  }

  /**
   * Every file below the output except the lock and the report, with its inode and time of
   * modification.
   */
  public SortedMap<String, String> files() throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(output())) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        String name = output().relativize(path).toString();
        if (!name.startsWith("lock/") && !name.equals(OutputFolder.REPORT)) {
          files.put(
              name, Files.getAttribute(path, "unix:ino") + " " + Files.getLastModifiedTime(path));
        }
      }
    }
    return files;
  }

  /**
   * The files that readers can find; a refused run leaves only its own history, and tables that no
   * commit names.
   */
  SortedMap<String, String> visible() throws IOException {
    List<String> released = out().head().releases().stream().map(Release::path).toList();
    SortedMap<String, String> files = files();
    files
        .keySet()
        .removeIf(
            name ->
                name.startsWith("history/")
                    || (name.startsWith("releases/")
                        && released.stream().noneMatch(path -> name.startsWith(path + "/"))));
    return files;
  }

  /** The content hash of every table that has one. */
  static SortedMap<String, String> hashes(Map<String, Release.Table> tables) {
    SortedMap<String, String> hashes = new TreeMap<>();
    tables.forEach(
        (name, table) -> {
          Optional<String> hash = table.contentHash();
          hash.ifPresent(hex -> hashes.put(name, table.rows() + " " + hex));
        });
    return hashes;
  }

  /** Rows as text: expressions separated by {@code |}, a line per row, sorted. */
  static String text(Dataset<Row> rows, String... expressions) {
    Dataset<Row> chosen = rows.selectExpr(expressions);
    List<Column> cells = new ArrayList<>();
    Arrays.asList(chosen.columns())
        .forEach(name -> cells.add(col("`" + name + "`").cast("string")));
    return chosen.select(cells.toArray(Column[]::new)).collectAsList().stream()
        .map(row -> row.mkString(" | ") + "\n")
        .sorted()
        .collect(joining());
  }
}
