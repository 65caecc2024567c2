package io.karat.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.night.StandaloneSpark.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the archive that the profile {@code release} packs: what it holds, and that it runs on a
 * machine that has Spark and no Maven.
 */
class ReleaseIT {
  @TempDir private static Path folder;
  private static String version;
  private static Path archive;
  private static Path home;
  private static StandaloneSpark spark;

  @BeforeAll
  static void unpack() throws Exception {
    version = declared("version");
    archive = Path.of("target/karat-%s.tar.gz".formatted(version)).toAbsolutePath();
    assumeTrue(Files.exists(archive), "No archive: mvn verify -Prelease packs it");
    spark = StandaloneSpark.install(folder.resolve("spark"), "");
    run("tar", "-xzf", archive.toString(), "-C", folder.toString());
    home = folder.resolve("karat-" + version);
  }

  @Test
  void holdsTheLauncherItsSettingsTheJarTheDocumentsAndTheLicences() throws IOException {
    assertEquals(
        Set.of(
            "CHANGELOG.md",
            "Dockerfile",
            "LICENSE",
            "NOTICE",
            "README.md",
            "README.zh.md",
            "SECURITY.md",
            "conf",
            "docs",
            "lib",
            "scripts"),
        names(home));
    assertEquals(Set.of("karat", "prepare.bash"), names(home.resolve("scripts")));
    assertEquals(Set.of("karat.jar", "karat-sbom.json"), names(home.resolve("lib")));
    assertEquals(names(Path.of("docs")), names(home.resolve("docs")));
    assertEquals(-1, Files.mismatch(Path.of("target/karat.jar"), home.resolve("lib/karat.jar")));
  }

  @Test
  void entriesAreNobodysAndOfOneTimeWhateverMachinePacksThem() throws Exception {
    Set<String> owners = new TreeSet<>();
    Set<String> times = new LinkedHashSet<>();
    for (String entry :
        run("tar", "--utc", "--full-time", "-tvzf", archive.toString()).lines().toList()) {
      String[] words = entry.split("\\s+", 6);
      owners.add(words[1]);
      times.add(words[3] + " " + words[4]);
    }

    assertEquals(Set.of("root/root"), owners);
    assertEquals(Set.of("2026-01-01 00:00:00"), times);
  }

  @Test
  void runsOnAMachineWithSparkAndWithoutMaven() throws Exception {
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String name : List.of("bash", "java", "dirname", "basename", "sed", "tail", "env")) {
      String path = run("bash", "-c", "command -v " + name).strip();
      Files.createSymbolicLink(tools.resolve(name), Path.of(path).toRealPath());
    }

    Ended ended =
        spark.run(
            List.of(
                "env",
                "PATH=" + tools,
                home.resolve("scripts/karat").toString(),
                "generate",
                "--customers=3",
                "--days=40",
                "--output=" + folder.resolve("firm")));

    assertEquals(0, ended.exitCode(), ended::remarks);
    assertTrue(Files.isDirectory(folder.resolve("firm/transactions")), ended::results);
  }

  @Test
  void theBillOfMaterialsNamesWhatTheJarCarries() throws IOException {
    JsonNode bill = new ObjectMapper().readTree(home.resolve("lib/karat-sbom.json").toFile());

    assertEquals("CycloneDX", bill.path("bomFormat").asText());
    assertEquals(version, bill.path("metadata").path("component").path("version").asText());
    Set<String> names = new TreeSet<>();
    bill.path("components").forEach(component -> names.add(component.path("name").asText()));
    assertEquals(
        Set.of("echarts", "tabulator-tables", "jmustache", "picocli", "postgresql", "snakeyaml"),
        names);
  }

  @Test
  void theImageIsTheArchiveOnThatOfSpark() throws IOException {
    String dockerfile = Files.readString(home.resolve("Dockerfile"));

    assertTrue(Pattern.compile("(?m)^COPY \\. /opt/karat$").matcher(dockerfile).find());
    assertTrue(dockerfile.contains("PATH=\"/opt/karat/scripts:${PATH}\""));
    assertTrue(dockerfile.contains("apache/spark:%s-scala".formatted(declared("spark.version"))));
  }

  /** The first element of this name in the project's own description. */
  private static String declared(String element) throws IOException {
    return Pattern.compile("<%1$s>(.+)</%1$s>".formatted(Pattern.quote(element)))
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), Arrays.toString(command) + ": " + output);
    return output;
  }
}
