package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.karat.run.ExitCode;
import io.karat.testing.DocumentedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Tests of every block of code in every document: Karat takes each of its command lines, the shell
 * each line, and each block says what it is. Those of SQL are run by {@code ExamplesTest} on an
 * output folder and on DuckDB, by {@code WideViewsTest} and {@code LivePostgres} on PostgreSQL, by
 * {@code LakePublisherTest} on Iceberg.
 */
class DocumentedCommandsTest {
  /** Languages, and who tests the blocks of each. */
  private static final Map<String, String> LANGUAGES =
      Map.of(
          "sql", "ExamplesTest, WideViewsTest, LivePostgres, LakePublisherTest",
          "yaml", "this test; DocumentsTest and ExampleModelsTest as configurations",
          "console", "this test; DocumentedShellsTest runs what needs nothing but this machine",
          "sh", "this test; DocumentedShellsTest runs what needs nothing but this machine",
          "python", "two lines of Spark's own that need a running cluster",
          "text", "nobody: pictures and output");

  /** Programs of others, and why no test starts them. */
  private static final Map<String, String> OF_OTHERS =
      Map.ofEntries(
          Map.entry("cd", "of the shell"),
          Map.entry("export", "of the shell"),
          Map.entry("curl", "needs a Metabase with a licence"),
          Map.entry("docker", "needs a daemon; the Dockerfile has its own test"),
          Map.entry("duckdb", "ExamplesTest runs the script that it is given"),
          Map.entry("grep", "finds files"),
          Map.entry("kubectl", "needs a cluster; KubernetesTest reads the files"),
          Map.entry("mvn", "builds, tests included"),
          Map.entry("python3", "DashboardsTest runs the script"),
          Map.entry("rsync", "copies a whole backup"),
          Map.entry("sha256sum", "reads what ReleaseIT checks"),
          Map.entry("superset", "needs an installation; DashboardsTest reads the bundle"),
          Map.entry("tar", "unpacks what ReleaseIT checks"),
          Map.entry("xargs", "hands names to sed"),
          Map.entry("zip", "packs a folder"));

  private static final Set<String> WITHOUT_DATA =
      Set.of("help", "version", "dictionary", "schema", "completion");

  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
  private static final Pattern SPAN = Pattern.compile("`(?:scripts/)?karat ([a-z][^`]*)`");

  @TempDir Path folder;

  @Test
  void everyBlockSaysWhatItIs() throws IOException {
    for (DocumentedCode code : DocumentedCode.all()) {
      assertTrue(
          LANGUAGES.containsKey(code.language()),
          () ->
              code.place() + ": '" + code.language() + "', expected one of " + LANGUAGES.keySet());
      if (code.language().equals("text")) {
        assertTrue(code.text().lines().noneMatch(line -> line.startsWith("$ ")), code::place);
      }
      if (code.language().equals("yaml")) {
        new Yaml().loadAll(code.text()).forEach(document -> assertTrue(document != null));
      }
    }
  }

  @Test
  void theShellTakesEveryLine() throws IOException, InterruptedException {
    List<String> scripts = new ArrayList<>(List.of("bash", "-c", "for f; do bash -n \"$f\"; done"));
    scripts.add("bash");
    for (DocumentedCode code : DocumentedCode.shells()) {
      String name = code.place().replace('/', '_');
      scripts.add("" + Files.write(folder.resolve(name), code.typed()));
    }

    Process process = new ProcessBuilder(scripts).redirectErrorStream(true).start();
    assertEquals("", new String(process.getInputStream().readAllBytes(), UTF_8));
    assertEquals(0, process.waitFor());
  }

  @Test
  void karatTakesEveryCommandLine() throws IOException {
    Set<String> taken = new TreeSet<>();
    for (DocumentedCode code : DocumentedCode.shells()) {
      for (String line : code.typed()) {
        for (List<String> words : commands(line)) {
          taken.add(take(code.place() + ": " + line, words));
        }
      }
    }
    taken.removeAll(OF_OTHERS.keySet());

    assertTrue(taken.containsAll(Set.of("karat backfill", "karat models accept")), taken::toString);
    assertTrue(taken.stream().allMatch(it -> it.startsWith("karat ")), taken::toString);
  }

  /** Commands that read no data are run, unless a word in capitals stands for something. */
  @Test
  void commandsThatNeedNoDataRun() throws IOException {
    Set<String> run = new TreeSet<>();
    for (Path document : DocumentedCode.documents()) {
      for (MatchResult span : SPAN.matcher(Files.readString(document)).results().toList()) {
        List<String> words = TypedCommands.words(span.group(1));
        boolean isWhole = words.stream().noneMatch(word -> word.matches("[A-Z]+"));
        if (isWhole && WITHOUT_DATA.contains(words.get(0)) && run.add(span.group(1))) {
          Transcript transcript = new Transcript(false);
          ExitCode end = transcript.type(Karat.commands(), words.toArray(String[]::new));
          assertEquals(ExitCode.PUBLISHED, end, document + ": " + span.group());
          assertTrue(!transcript.results().isBlank(), document + ": " + span.group());
        }
      }
    }
    assertTrue(run.containsAll(Set.of("schema", "dictionary --functions")), run::toString);
  }

  /** Whoever removes the last use of a program removes its reason too. */
  @Test
  void everyReasonIsNeeded() throws IOException {
    Set<String> programs = new TreeSet<>();
    for (DocumentedCode code : DocumentedCode.shells()) {
      for (String line : code.typed()) {
        commands(line).forEach(words -> programs.add(program(words)));
      }
    }

    Set<String> unused = new TreeSet<>(OF_OTHERS.keySet());
    unused.removeAll(programs);
    assertEquals(Set.of(), unused);
  }

  /** Files of the project that a command line names. */
  @Test
  void namedFilesAreThere() throws IOException {
    Pattern file = Pattern.compile("(?<![\\w./-])(?:conf|scripts|docs|src)/[\\w./-]*\\w");
    int found = 0;
    for (DocumentedCode code : DocumentedCode.shells()) {
      for (String line : code.typed()) {
        for (MatchResult named : file.matcher(line).results().toList()) {
          assertTrue(
              Files.exists(Path.of(named.group())), () -> code.place() + ": " + named.group());
          found++;
        }
      }
    }
    assertTrue(found > 10, "Only %d files are named".formatted(found));
  }

  /** In the text a command may be named without all that it needs: command and options exist. */
  @Test
  void commandsInTheTextExist() throws IOException {
    int found = 0;
    for (Path document : DocumentedCode.documents()) {
      for (MatchResult span : SPAN.matcher(Files.readString(document)).results().toList()) {
        assertExists(document + ": " + span.group(), TypedCommands.words(span.group(1)));
        found++;
      }
    }
    assertTrue(found > 50, "Only %d commands are named".formatted(found));
  }

  private static void assertExists(String where, List<String> words) {
    CommandLine command = new Karat(Karat.commands()).line();
    for (String word : words) {
      CommandLine below = command.getSubcommands().get(word);
      if (below != null) {
        command = below;
      } else if (word.startsWith("-")) {
        assertTrue(
            command.getCommandSpec().findOption(word.replaceFirst("=.*", "")) != null, where);
      }
    }
    assertTrue(command.getParent() != null, where);
  }

  /** The commands of a line, without redirections and variables that are set before. */
  private static List<List<String>> commands(String line) {
    return Stream.of(line.split("&&|\\|"))
        .map(command -> command.replaceAll("[<>] *\\S+", ""))
        .map(command -> WORD.matcher(command).results().map(MatchResult::group).toList())
        .map(words -> words.stream().dropWhile(word -> word.matches("[A-Z_]+=.*")).toList())
        .toList();
  }

  private static String program(List<String> words) {
    return Path.of(words.get(0)).getFileName().toString();
  }

  /** Takes a command as its program would; returns its name. */
  private static String take(String where, List<String> words) throws IOException {
    String program = program(words);
    if (program.equals("docker") && words.contains("karat")) {
      return take(where, words.subList(words.indexOf("karat"), words.size()));
    }
    if (program.equals("mvn")) {
      assertProfiles(where, words);
    }
    if (!program.equals("karat")) {
      assertTrue(OF_OTHERS.containsKey(program), where);
      return program;
    }
    try {
      ParseResult read = TypedCommands.read(ofKarat(words.subList(1, words.size())));
      return read.commandSpec().qualifiedName();
    } catch (CommandLine.ParameterException refused) {
      return fail(where, refused);
    }
  }

  private static void assertProfiles(String where, List<String> words) throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    words.stream()
        .filter(word -> word.startsWith("-P"))
        .map(word -> "<id>%s</id>".formatted(word.substring(2)))
        .forEach(profile -> assertTrue(pom.contains(profile), where));
  }

  /** The words that the launcher does not hand to Spark; … stands for more of them. */
  private static List<String> ofKarat(List<String> words) throws IOException {
    List<String> ofSpark = LauncherWords.of("options_of_spark");
    List<String> left = new ArrayList<>();
    Iterator<String> all = words.iterator();
    while (all.hasNext()) {
      String word = all.next();
      if (ofSpark.contains(word)) {
        assertTrue(all.hasNext(), word);
        all.next();
      } else if (word.equals("…")) {
        left.addAll(List.of("--as-of", "2026-03-01"));
      } else if (!ofSpark.contains(word.replaceFirst("=.*", ""))) {
        left.add(word);
      }
    }
    return left;
  }
}
