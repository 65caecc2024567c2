package io.karat.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Installation of the launcher in a folder with a space in its name, where Java, Maven and Spark
 * are scripts that record their calls.
 */
final class Installation {
  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cut",
          "dirname",
          "env",
          "find",
          "flock",
          "ln",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "tail",
          "test",
          "touch");
  private static final Path PROJECT = Path.of("").toAbsolutePath();

  final Path home;
  private final Path tools;
  private final Path calls;
  private final Map<String, String> environment = new TreeMap<>();

  /** Result of the launcher: its exit code and output, and the last program that it started. */
  record Outcome(int exitCode, String output, List<String> call) {}

  Installation(Path folder) throws IOException {
    home = folder.resolve("opt karat");
    tools = Files.createDirectories(folder.resolve("tools"));
    calls = folder.resolve("calls");
    for (String tool : TOOLS) {
      if (exists(tool)) {
        tool(tools.resolve(tool), "exec '%s' \"$@\"".formatted(located(tool)));
      }
    }
    copy("scripts/karat");
    copy("scripts/prepare.bash");
    copy("conf/java.options");
    copy("conf/java-17.options");
    copy("conf/java-23.options");
    copy("conf/batch.options");
    copy("conf/log4j2.properties");
    copy("conf/log4j2-json.properties");
    write("conf/spark-defaults.conf", "spark.driver.memory   3g\n");
    environment.put("PATH", tools.toString());
    environment.put("CALLS", calls.toString());
  }

  /** Adds a jar and the class path of a resolved Spark, as a build does. */
  void built() throws IOException {
    Path spark = write("spark.jar", "");
    write("target/karat.jar", "");
    write("target/spark.classpath", spark.toString());
  }

  /** Has the resolved Spark bring this version of Hadoop. */
  void resolvedHadoop(String version) throws IOException {
    write(
        "target/spark.classpath",
        "%s/spark.jar:/m2/hadoop-client-api-%s.jar:/m2/last-1.0.jar".formatted(home, version));
  }

  void sources() throws IOException {
    write("pom.xml", "");
    write("src/main/java/Job.java", "");
  }

  /** Has the inputs of a configuration be small, which they are not otherwise. */
  void smallInputs() throws IOException {
    write("small", "");
  }

  void java(String version) throws IOException {
    String size = "[[ $* != *InputSize* ]] || exec test -e '%s/small'\n".formatted(home);
    tool(tools.resolve("java"), size + jdk("openjdk version \"%s\"".formatted(version)));
    tool(tools.resolve("javac"), jdk("javac " + version));
  }

  /** Makes a tool fail at its start with these words. */
  void failing(String name, String words) throws IOException {
    tool(tool(name), "echo '%s' >&2\nexit 1\n".formatted(words));
  }

  /** Adds a Maven that builds only these two files, or fails with its log. */
  void maven(String version, String log, int exitCode) throws IOException {
    tool(
        tools.resolve("mvn"),
        """
        if [[ $1 == -version ]]; then echo "Apache Maven %s (abc)"; exit; fi
        echo "mvn in $PWD: $*" >> "$CALLS.maven"
        sleep 0.5
        echo "%s"
        ((%d == 0)) || exit %d
        echo "$PWD/spark.jar" > target/spark.classpath
        touch spark.jar target/karat.jar
        """
            .formatted(version, log, exitCode, exitCode));
  }

  void sparkHome(Path folder, int exitCode) throws IOException {
    tool(folder.resolve("bin/spark-submit"), recording("spark-submit") + "exit " + exitCode);
    environment("SPARK_HOME", folder.toString());
  }

  void environment(String name, String value) {
    environment.put(name, value);
  }

  Path tool(String name) {
    return tools.resolve(name);
  }

  Path write(String name, String text) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  /** The calls of Maven, one per build. */
  List<String> builds() throws IOException {
    Path file = Path.of(calls + ".maven");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(home.resolve("scripts/karat"), arguments);
  }

  Outcome run(Path launcher, String... arguments) throws IOException, InterruptedException {
    Process process = start(launcher, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return new Outcome(
        process.exitValue(),
        output.stripTrailing(),
        Files.exists(calls) ? Files.readAllLines(calls) : List.of());
  }

  Process start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(tools.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String jdk(String version) {
    return "if [[ $1 == -version ]]; then echo '%s' >&2; exit; fi\n".formatted(version)
        + recording("java");
  }

  /**
   * A script that records the program, one line per argument, and the environment that it inherits.
   */
  private static String recording(String program) {
    return """
    { echo %s; printf '%%s\\n' "$@"; } > "$CALLS"
    printf '%%s' "${SPARK_SUBMIT_OPTS:-}" > "$CALLS.options"
    """
        .formatted(program);
  }

  String sparkSubmitOptions() throws IOException {
    return Files.readString(Path.of(calls + ".options"));
  }

  private static void tool(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!%s\n%s".formatted(located("bash"), script));
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }

  private void copy(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    Files.copy(PROJECT.resolve(name), file);
  }

  private static boolean exists(String tool) {
    return found(tool).isPresent();
  }

  private static Path located(String tool) {
    return found(tool).orElseThrow();
  }

  private static Optional<Path> found(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
