package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.karat.cli.Installation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the requirements of {@code scripts/karat}, and of its builds. */
@Timeout(60)
class LauncherBuildTest {
  private static final String FIRST = "karat: Building Karat (first time: downloads Spark) …";
  private static final String INSTALL_JAVA =
      " Install it with one of:"
          + "\n  sudo apt install openjdk-17-jdk"
          + "\n  sudo dnf install java-21-openjdk-devel"
          + "\n  brew install openjdk@17";
  private static final String INSTALL_MAVEN =
      " Install it with one of:"
          + "\n  sudo apt install maven"
          + "\n  sudo dnf install maven"
          + "\n  brew install maven";

  @TempDir Path folder;
  private Installation karat;

  @BeforeEach
  void install() throws IOException {
    karat = new Installation(folder);
    karat.sources();
  }

  @Test
  void saysHowToInstallJava() throws Exception {
    assertRefused(
        "karat: There is no 'java' on the PATH: expected Java 17 or newer to run Karat."
            + INSTALL_JAVA);

    karat.environment("JAVA_HOME", "/no jdk");
    assertRefused(
        "karat: There is no 'java' in JAVA_HOME '/no jdk': expected Java 17 or newer to run Karat."
            + INSTALL_JAVA);
  }

  @Test
  void refusesAnOldJava() throws Exception {
    for (String version : List.of("11.0.2", "1.8.0_292")) {
      karat.java(version);
      assertRefused(
          "karat: '%s' is of Java %s: expected 17 or newer to run Karat."
                  .formatted(karat.tool("java"), version.startsWith("11") ? "11" : "8")
              + INSTALL_JAVA);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "java, Java 17 or newer to run Karat, 'JDK_JAVA_OPTIONS, JAVA_TOOL_OPTIONS and the limits of this process'",
    "javac, Java 17 or newer to build Karat, 'JDK_JAVA_OPTIONS, JAVA_TOOL_OPTIONS and the limits of this process'",
    "mvn, Maven 3.8 or newer to build Karat, MAVEN_OPTS"
  })
  void aToolThatFailsSaysWhy(String tool, String expected, String settings) throws Exception {
    installTools();
    for (String words : List.of("Unrecognized VM option MaxHeap", "no memory\nGive more.", "")) {
      karat.failing(tool, words);
      assertRefused(
          "karat: '%s' does not say which version it is: expected %s. Look at %s. It says: %s"
              .formatted(
                  karat.tool(tool), expected, settings, words.isEmpty() ? "nothing" : words));
    }
  }

  @Test
  void aRuntimeWithoutACompilerCannotBuild() throws Exception {
    karat.java("17-ea");
    Files.delete(karat.tool("javac"));

    assertRefused(
        "karat: There is no 'javac' on the PATH: expected Java 17 or newer to build Karat."
            + INSTALL_JAVA);
  }

  @Test
  void saysHowToInstallMaven() throws Exception {
    karat.java("17.0.15");
    assertRefused(
        "karat: There is no 'mvn' on the PATH: expected Maven 3.8 or newer to build Karat."
            + INSTALL_MAVEN);

    karat.maven("3.6.3", "", 0);
    assertRefused(
        "karat: '%s' is of Maven 3.6: expected 3.8 or newer to build Karat."
                .formatted(karat.tool("mvn"))
            + INSTALL_MAVEN);
  }

  @Test
  void buildsOnceAndThenNoMore() throws Exception {
    installTools();

    assertEquals(FIRST, karat.run("run").output());
    assertEquals("", karat.run("run").output());
    assertEquals(
        List.of("mvn in %s: -B -DskipTests -Dquick package".formatted(karat.home)), karat.builds());
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    installTools();
    karat.built();
    FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
    assertEquals("", karat.run("run").output());

    Files.setLastModifiedTime(karat.home.resolve("src/main/java/Job.java"), later);

    assertEquals("karat: Building Karat …", karat.run("run").output());
    assertEquals(1, karat.builds().size());
  }

  @Test
  void buildsAgainWhenTheResolvedSparkIsGone() throws Exception {
    installTools();
    karat.built();
    Files.delete(karat.home.resolve("spark.jar"));

    karat.run("run");

    assertEquals(1, karat.builds().size());
  }

  @Test
  void buildsAgainWhenTheResolvedHadoopDoesNotRunOnThisJava() throws Exception {
    installTools();
    karat.built();
    karat.resolvedHadoop("3.4.2");
    assertEquals("", karat.run("run").output());

    karat.java("25.0.3");

    assertEquals("karat: Building Karat …", karat.run("run").output());
    assertEquals("", karat.run("run").output());
    assertEquals(1, karat.builds().size());
  }

  @Test
  void showsTheLogOfABuildThatFails() throws Exception {
    karat.java("17.0.15");
    karat.maven("3.9.9", "[ERROR] no network", 1);

    Outcome outcome = karat.run("run");

    assertEquals(
        FIRST
            + "\n[ERROR] no network\nkarat: The build failed; the whole log is '%s/target/build.log'."
                .formatted(karat.home),
        outcome.output());
    assertEquals(1, outcome.exitCode());
    assertFalse(Files.exists(karat.home.resolve("target/karat.jar")));
  }

  @Test
  void invocationsAtTheSameTimeBuildOnce() throws Exception {
    installTools();
    assertBuildsOnceFromThree();
  }

  @Test
  void invocationsAtTheSameTimeBuildOnceAlsoWithoutFlock() throws Exception {
    installTools();
    Files.deleteIfExists(karat.tool("flock"));
    assertBuildsOnceFromThree();
  }

  private void assertBuildsOnceFromThree() throws Exception {
    Path launcher = karat.home.resolve("scripts/karat");
    List<Process> started =
        List.of(
            karat.start(launcher, "run"),
            karat.start(launcher, "status"),
            karat.start(launcher, "version"));

    for (Process process : started) {
      assertEquals(0, process.waitFor());
    }
    assertEquals(1, karat.builds().size());
  }

  private void installTools() throws IOException {
    karat.java("17.0.15");
    karat.maven("3.8.7", "", 0);
  }

  private void assertRefused(String message) throws Exception {
    Outcome outcome = karat.run("run");

    assertEquals(message, outcome.output());
    assertEquals(2, outcome.exitCode());
  }
}
