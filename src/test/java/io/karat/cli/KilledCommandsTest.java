package io.karat.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.night.ToyFirm;
import io.karat.publishing.Commit;
import io.karat.publishing.FoundMatches;
import io.karat.publishing.MatchStore;
import io.karat.publishing.ModelFit;
import io.karat.publishing.OutputFolder;
import io.karat.publishing.Release;
import io.karat.publishing.ReleaseAudit;
import io.karat.settings.MatchingSettings;
import io.karat.testing.LocalSpark;
import io.karat.testing.OutputFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test of the work of whole commands that is stopped at a random moment while somebody reads: what
 * is live is whole, and the same command finishes what it began. The system property {@code
 * karat.kills} makes it longer, and {@code karat.seed} chooses other moments.
 */
@Tag("long")
@ExtendWith(LocalSpark.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledCommandsTest {
  private static final int KILLS = Integer.getInteger("karat.kills", 4);

  /** The commands at work in one process, each of the nine once or twice. */
  private static final int AT_ONCE = KILLS < 10 ? 9 : 18;

  private static final long SEED = Long.getLong("karat.seed", 20260301L);

  /**
   * Three of four are as a power failure or the system's own end of a process that is too large.
   */
  private static final List<String> SIGNALS =
      List.of("KILL", "KILL", "TERM", "KILL", "KILL", "INT", "KILL", "KILL", "HUP", "KILL");

  private static final Pattern PATH = Pattern.compile("\"path\" : \"([^\"]*)\"");

  private final SparkSession spark;
  @TempDir private static Path folder;
  private WorkProcess process;
  private volatile List<Path> beingRead = List.of();
  private final List<Step> steps = new ArrayList<>();

  KilledCommandsTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Command that is to be stopped.
   *
   * @param before the output that it begins with
   * @param state the state of the output that it leaves
   * @param milliseconds how long it takes alone
   */
  private record Step(String command, Path before, String state, long milliseconds) {}

  /** Readings while commands were stopped: how many, and those that failed. */
  private record Readings(long all, List<String> failed) {}

  @BeforeAll
  void doTheWorkOfEachCommandUndisturbed() throws Exception {
    firm().write(ToyFirm.rows(spark, 60).coalesce(1), "");
    process = WorkProcess.start(folder, folder.resolve("log.txt"));
    Path first = undisturbed("run 2026-03-01", Files.createDirectory(at("nothing")));
    Path second = undisturbed("run 2026-03-02", first);
    undisturbed("backfill 2026-03-02 2026-03-03", first);
    Path back = undisturbed("rollback", second);
    undisturbed("publish " + out(second).head().live(), back);
    Path fitted = undisturbed("fit cuts", second);
    undisturbed("accept cuts", fitted);
    Files.writeString(at(WorkProcess.CUSTOMERS), customers());
    Path matched = undisturbed("match 2026-03-02", second);
    Path decided = undisturbed("decide", matched);
    assertEquals(
        "alias_id,customer_id\n\"b07\",\"a07\"\n",
        Files.readString(decided.resolve(MatchingSettings.ALIASES_FILE)));
  }

  /** Forty customers of different names, of whom one is there twice. */
  private static String customers() {
    StringBuilder customers = new StringBuilder("id,name,phone\nb07,Hhhhh Hill,555 107\n");
    for (int i = 0; i < 40; i++) {
      String name = Character.toString('A' + i % 26) + Character.toString('a' + i % 26).repeat(4);
      customers.append(
          "a%02d,%s %s,555 %d\n".formatted(i, name, i < 26 ? "Hill" : "Wood", 100 + i));
    }
    return customers.toString();
  }

  private ToyFirm firm() {
    return ToyFirm.at(spark, folder);
  }

  private Path undisturbed(String command, Path before) throws IOException {
    String name = "step-" + steps.size();
    copy(before, at(name));
    long start = System.nanoTime();
    process.begin(name, command);
    assertEquals(name, process.done());
    long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    steps.add(new Step(command, before, state(at(name)), milliseconds));
    return at(name);
  }

  /** All commands are at work at once, each on an output of its own, when their process ends. */
  @Test
  void whatIsStoppedLosesNothingAndIsFinishedByTheSameCommand() throws Exception {
    Random random = new Random(SEED);
    // They were done for the first time, which takes several times longer than the next.
    long together = steps.stream().mapToLong(Step::milliseconds).sum() / 4;
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<Readings> reader = CompletableFuture.supplyAsync(() -> read(done));
    SortedMap<String, Integer> stopped = new TreeMap<>();
    int kills = 0;
    for (int round = 0; kills < KILLS; round++) {
      String signal = SIGNALS.get(round % SIGNALS.size());
      Map<String, Step> begun = new TreeMap<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String name = "round-%d-%d".formatted(round, i);
        Step step = steps.get(i % steps.size());
        copy(step.before(), at(name));
        begun.put(name, step);
      }
      beingRead = begun.keySet().stream().map(KilledCommandsTest::at).toList();
      for (Map.Entry<String, Step> step : begun.entrySet()) {
        process.begin(step.getKey(), step.getValue().command());
      }
      TimeUnit.MILLISECONDS.sleep(random.nextLong(together));
      Map<String, Step> killed = new TreeMap<>(begun);
      while (process.hasAnswered()) {
        killed.remove(process.done());
      }
      process.stop(signal);
      kills += killed.size();
      killed
          .values()
          .forEach(it -> stopped.merge(it.command().replaceAll(" .*", ""), 1, Integer::sum));

      String moment = "round %d, %s, seed %d: ".formatted(round, signal, SEED);
      for (Map.Entry<String, Step> step : begun.entrySet()) {
        requireWhole(at(step.getKey()), moment + step.getValue().command());
      }
      process = WorkProcess.start(folder, folder.resolve("log.txt"));
      for (Map.Entry<String, Step> step : begun.entrySet()) {
        process.begin(step.getKey(), step.getValue().command());
      }
      for (int i = 0; i < begun.size(); i++) {
        process.done();
      }
      for (Map.Entry<String, Step> step : begun.entrySet()) {
        String text = moment + step.getValue().command();
        assertEquals(step.getValue().state(), state(at(step.getKey())), text);
        requireWhole(at(step.getKey()), text);
      }
      requireSameContent(at("round-%d-%d".formatted(round, random.nextInt(AT_ONCE))), moment);
      beingRead = List.of();
      for (String name : begun.keySet()) {
        delete(at(name));
      }
    }
    done.countDown();
    Readings readings = reader.get();

    assertEquals(List.of(), readings.failed());
    System.out.printf("%d kills %s, %d readings%n", kills, stopped, readings.all());
  }

  /** Those that do not get the lock are told so, or that they came too late. */
  @Test
  void ofEightRunsAtOnceOnePublishes() throws IOException {
    Step step = steps.get(1);
    copy(step.before(), at("eight"));
    for (int run = 0; run < 8; run++) {
      process.begin("eight", step.command());
    }
    int done = 0;
    for (int run = 0; run < 8; run++) {
      String answer = process.answer();
      done += answer.equals("done eight") ? 1 : 0;
      assertTrue(answer.matches("done eight|.*(Locked|Fenced)Exception: .*"), answer);
    }

    assertTrue(done > 0);
    assertEquals(step.state(), state(at("eight")));
    assertEquals(2, out(at("eight")).head().number());
    requireSameContent(at("eight"), "eight runs");
  }

  @AfterAll
  void end() {
    process.close();
  }

  private static Path at(String name) {
    return folder.resolve(name);
  }

  private OutputFolder out(Path output) throws IOException {
    return OutputFolders.open(
        output, spark.sparkContext().hadoopConfiguration(), InstantSource.system());
  }

  /**
   * The nights, releases, content, models, duplicates and aliases, without times, attempts and
   * numbers of commits.
   */
  private String state(Path output) throws IOException {
    OutputFolder out = out(output);
    Commit head = out.head();
    StringBuilder state = new StringBuilder("live " + head.live() + ", models " + head.models());
    for (Release release : head.releases()) {
      state.append("\n%s %s".formatted(release.asOf(), release.runId()));
      release.tables().forEach((name, table) -> state.append("\n  " + name + " " + table));
    }
    state.append("\n").append(head.nights().keySet());
    state.append(out.models().latest("cuts").map(ModelFit::model));
    Optional<FoundMatches> found = out.matches().latest();
    state.append(found.map(it -> "%s %s %d".formatted(it.asOf(), it.runId(), it.pairs())));
    state.append(out.matches().decisions());
    Path aliases = output.resolve(MatchingSettings.ALIASES_FILE);
    return state + (Files.exists(aliases) ? Files.readString(aliases) : "");
  }

  /** Every file of each release and search that is named is there and whole. */
  private void requireWhole(Path output, String moment) throws IOException {
    for (Release release : out(output).head().releases()) {
      Path path = output.resolve(release.path());
      for (String table : release.tables().keySet()) {
        assertTrue(isWhole(path.resolve(table)), () -> moment + ": " + path + " " + table);
      }
    }
    Optional<FoundMatches> found = out(output).matches().latest();
    for (String table : List.of(MatchStore.CANDIDATES, MatchStore.CLUSTERS)) {
      if (found.isPresent()) {
        assertTrue(isWhole(output.resolve(found.get().path()).resolve(table)), moment + table);
      }
    }
  }

  /** The live release has the rows that its commit says. */
  private void requireSameContent(Path output, String moment) throws IOException {
    OutputFolder out = out(output);
    Commit head = out.head();
    for (ReleaseAudit.Finding finding :
        new ReleaseAudit(spark, out).of(head.release(head.live()).orElseThrow())) {
      assertTrue(finding.damage().isEmpty(), () -> moment + finding);
    }
  }

  private static boolean isWhole(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".parquet")).toList()) {
        if (!new String(Files.readAllBytes(file), ISO_8859_1).endsWith("PAR1")) {
          return false;
        }
      }
    }
    return true;
  }

  /** Reads two tables of each output by the documented path again and again. */
  private Readings read(CountDownLatch done) {
    long all = 0;
    List<String> failed = new ArrayList<>();
    while (!isDone(done)) {
      List<Path> now = beingRead;
      for (Path output : now) {
        try {
          Path name = output.resolve("current.json");
          if (Files.exists(name)) {
            read(output, Files.readString(name));
            all++;
          }
        } catch (IOException missing) {
          if (now.equals(beingRead)) {
            failed.add(missing.toString());
          }
        }
      }
    }
    return new Readings(all, failed);
  }

  /** Waits a moment, as the machine has other things to do. */
  private static boolean isDone(CountDownLatch done) {
    try {
      return done.await(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void read(Path output, String current) throws IOException {
    Matcher path = PATH.matcher(current);
    if (!path.find()) {
      throw new IOException("current.json names no path: " + current);
    }
    for (String table : List.of("customer_indicators", "runs")) {
      if (!isWhole(output.resolve(path.group(1)).resolve(table))) {
        throw new IOException("Table %s of %s is cut".formatted(table, path.group(1)));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)), LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  private static void delete(Path output) throws IOException {
    try (Stream<Path> paths = Files.walk(output)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }
}
