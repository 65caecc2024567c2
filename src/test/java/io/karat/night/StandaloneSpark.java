package io.karat.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Installation of Spark in a folder of its own, with its standalone cluster: a master and a worker,
 * which starts executors and drivers, each in its own process.
 *
 * <p>The jars are those that the build resolved, which are all that an installation needs. {@code
 * src/test/spark/bin} replaces its two shell scripts, which no artifact contains.
 */
final class StandaloneSpark {
  /** JVM options of processes that end before the optimizing compiler pays off. */
  static final String SHORT_LIVED =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:ReservedCodeCacheSize=256m";

  private static final Pattern STARTED = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Path home;
  private final List<Process> daemons = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private String master = "";

  /** Result of a program: its exit code, standard output and standard error. */
  record Ended(int exitCode, String results, String remarks) {}

  private StandaloneSpark(Path home) {
    this.home = home;
  }

  /**
   * Creates an installation.
   *
   * @param defaults its own {@code spark-defaults.conf}
   */
  static StandaloneSpark install(Path home, String defaults) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    String classpath = Files.readString(Path.of("target/spark.classpath"), UTF_8).strip();
    for (String jar : classpath.split(File.pathSeparator, -1)) {
      Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
    }
    Files.createSymbolicLink(home.resolve("bin"), Path.of("src/test/spark/bin").toAbsolutePath());
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.writeString(conf.resolve("spark-defaults.conf"), defaults);
    return new StandaloneSpark(home);
  }

  /** Adds the jars of the tests whose names match, such as those of a cluster manager. */
  StandaloneSpark with(Pattern names) throws IOException {
    for (String jar :
        System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1)) {
      Path link = home.resolve("jars").resolve(Path.of(jar).getFileName());
      if (names.matcher(link.getFileName().toString()).matches() && !Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of(jar));
      }
    }
    return this;
  }

  /** Sets a variable of the environment of programs. */
  void set(String name, String value) {
    environment.put(name, value);
  }

  /** Starts a master on a free port, and a worker that offers it cores and memory. */
  void start(int cores, String memory) throws IOException, InterruptedException {
    daemon("master.log", "org.apache.spark.deploy.master.Master", List.of("--port", "0"));
    master = startedMaster();
    daemon(
        "worker.log",
        "org.apache.spark.deploy.worker.Worker",
        List.of("--cores", "" + cores, "--memory", memory, "--work-dir", work() + "", master));
  }

  /** The master's URL. */
  String master() {
    return master;
  }

  /** The folder where the worker keeps the files that drivers and executors fetched and wrote. */
  Path work() {
    return home.resolve("work");
  }

  /** Runs a program that knows only this installation, and waits for its end. */
  Ended run(List<String> command) throws IOException, InterruptedException {
    Path results = home.resolve("results");
    Path remarks = home.resolve("remarks");
    Process process =
        process(command).redirectOutput(results.toFile()).redirectError(remarks.toFile()).start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      end(process);
    }
    return new Ended(
        process.waitFor(), Files.readString(results, UTF_8), Files.readString(remarks, UTF_8));
  }

  /** Stops the worker, which stops its executors and drivers, and then the master. */
  void stop() throws InterruptedException {
    for (int daemon = daemons.size() - 1; daemon >= 0; daemon--) {
      end(daemons.get(daemon));
    }
  }

  private void daemon(String log, String name, List<String> options) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/spark-class").toString()));
    command.addAll(List.of(name, "--host", "127.0.0.1", "--webui-port", "0"));
    command.addAll(options);
    daemons.add(
        process(command)
            .redirectErrorStream(true)
            .redirectOutput(home.resolve(log).toFile())
            .start());
  }

  private ProcessBuilder process(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(SPARK|HADOOP|YARN)_.*"));
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_DAEMON_JAVA_OPTS", SHORT_LIVED);
    builder.environment().put("SPARK_SUBMIT_OPTS", SHORT_LIVED);
    builder.environment().putAll(environment);
    return builder;
  }

  private String startedMaster() throws IOException, InterruptedException {
    Path log = home.resolve("master.log");
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Matcher started = STARTED.matcher(Files.readString(log));
      if (started.find()) {
        return started.group(1);
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("The master does not start: " + Files.readString(log));
  }

  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }
}
