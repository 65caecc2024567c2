package io.karat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An installation of Spark in a folder of its own, and its standalone cluster: a master and a
 * worker, which starts the executors, each in a process of its own.
 *
 * <p>The jars are those that the build resolved, which are all that an installation needs; its two
 * shell scripts, which are in no artifact, lie in {@code src/test/spark/bin}.
 */
final class StandaloneSpark {
  private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final List<Process> processes = new ArrayList<>();

  private StandaloneSpark(Path home) {
    this.home = home;
  }

  /** Lays the installation down; its own defaults are {@code defaults}. */
  static StandaloneSpark install(Path home, String defaults) throws IOException {
    Path jars = Files.createDirectories(home.resolve("jars"));
    String classpath = Files.readString(Path.of("target/spark.classpath"), UTF_8);
    for (String jar : classpath.strip().split(File.pathSeparator, -1)) {
      Path file = Path.of(jar);
      Files.createSymbolicLink(jars.resolve(file.getFileName()), file);
    }
    Files.createSymbolicLink(home.resolve("bin"), Path.of("src/test/spark/bin").toAbsolutePath());
    Path conf = Files.createDirectories(home.resolve("conf"));
    Files.writeString(conf.resolve("spark-defaults.conf"), defaults);
    return new StandaloneSpark(home);
  }

  /** Starts the master and its worker, and returns the master's URL. */
  String start(int cores, String memory) throws IOException, InterruptedException {
    Path log = home.resolve("master.log");
    start(log, "org.apache.spark.deploy.master.Master", "--port", "0");
    String master = masterIn(log);
    start(
        home.resolve("worker.log"),
        "org.apache.spark.deploy.worker.Worker",
        "--cores",
        String.valueOf(cores),
        "--memory",
        memory,
        "--work-dir",
        work().toString(),
        master);
    return master;
  }

  /** Where the worker keeps what drivers and executors fetched and wrote. */
  Path work() {
    return home.resolve("work");
  }

  /** A process that knows this installation and no other. */
  ProcessBuilder process(String... command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.matches("(SPARK|HADOOP|YARN)_.*"));
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_DAEMON_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    return builder;
  }

  private void start(Path log, String daemon, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/spark-class").toString()));
    command.addAll(List.of(daemon, "--host", "127.0.0.1", "--webui-port", "0"));
    command.addAll(Arrays.asList(arguments));
    processes.add(
        process(command.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start());
  }

  private static String masterIn(Path log) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Matcher started = MASTER.matcher(Files.readString(log));
      if (started.find()) {
        return started.group(1);
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("The master does not start: " + Files.readString(log));
  }

  /** Ends the worker, which ends its executors and drivers, and then the master. */
  void stop() throws InterruptedException {
    for (int index = processes.size() - 1; index >= 0; index--) {
      Process process = processes.get(index);
      List<ProcessHandle> descendants = process.descendants().toList();
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      descendants.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
