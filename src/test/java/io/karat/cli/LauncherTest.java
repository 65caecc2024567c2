package io.karat.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.cli.Installation.Outcome;
import io.karat.testing.JavaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Tests of the calls of Java and Spark by {@code scripts/karat}. */
class LauncherTest {
  private static final String DRIVER_OPTIONS = "spark.driver.extraJavaOptions=";
  private static final String LOG = "-Dlog4j2.configurationFile=";
  private static final String STORY =
      "-Dfile.encoding=UTF-8 -Dkarat.log.story=info -Dkarat.terminal=false";
  private static final String CLUSTER = "--deploy-mode=cluster";
  private static final String KUBERNETES = "--master=k8s://https://head:6443";

  @TempDir Path folder;
  private Installation karat;

  @BeforeEach
  void install() throws IOException {
    karat = new Installation(folder);
    karat.java("17.0.15");
    karat.built();
  }

  @Test
  void startsTheResolvedSparkWithoutSparkHome() throws Exception {
    Outcome outcome = karat.run("run", "--config", "my shop.yaml", "--set", "name=a b");

    assertEquals("", outcome.output());
    assertEquals(
        List.of(
            "java",
            "@" + karat.home + "/conf/java.options",
            "@" + karat.home + "/conf/java-17.options",
            "@" + karat.home + "/conf/batch.options",
            "-Xmx3g",
            "-Dlog4j2.configurationFile=" + karat.home + "/conf/log4j2.properties",
            "-Dfile.encoding=UTF-8",
            "-Dkarat.terminal=false",
            "-cp",
            karat.home + "/spark.jar",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "local[*]",
            "--properties-file",
            karat.home + "/conf/spark-defaults.conf",
            "--load-spark-defaults",
            "--class",
            "io.karat.cli.Main",
            karat.home + "/target/karat.jar",
            "run",
            "--config",
            "my shop.yaml",
            "--set",
            "name=a b"),
        outcome.call());
  }

  /**
   * A small night leaves an archive with the number of its process; once that is gone, all take it.
   */
  @Test
  void sparksClassesAreMappedFromTheArchiveOfAnEarlierNight() throws Exception {
    String taken = "-XX:SharedArchiveFile=" + archive();
    String written = "-XX:ArchiveClassesAtExit=" + archive() + ".";
    assertFalse(has(written, "run"));
    karat.smallInputs();
    assertTrue(has(written, "run"));
    assertFalse(has(written, "demo"));

    karat.write("target/spark-classes.jsa." + ProcessHandle.current().pid(), "not done");
    assertFalse(has(taken, "run"));
    karat.write("target/spark-classes.jsa.99999999", "done");
    assertTrue(has(taken, "plan"));
    assertEquals("done", Files.readString(Path.of(archive())));
    assertTrue(has(taken, "run"));
    karat.built();
    assertTrue(has(written, "run"));
  }

  private boolean has(String option, String command) throws Exception {
    return options(command).stream().anyMatch(it -> it.startsWith(option));
  }

  /** Java has no archives of classes for a class path with folders. */
  @Test
  void settingsOfHadoopAreOnTheClassPathInPlaceOfAnArchive() throws Exception {
    karat.smallInputs();
    karat.environment("HADOOP_CONF_DIR", "/etc/hadoop");
    assertTrue(options("run").contains("/etc/hadoop:" + karat.home + "/spark.jar"));
    assertFalse(has("-XX:ArchiveClassesAtExit", "run"));

    karat.environment("HADOOP_CONF_DIR", "");
    karat.write("conf/core-site.xml", "<configuration/>");
    assertTrue(options("run").contains(karat.home + "/conf:" + karat.home + "/spark.jar"));
    assertFalse(has("-XX:ArchiveClassesAtExit", "run"));
  }

  @Test
  void startsTheInstalledSparkWithSparkHome() throws Exception {
    karat.sparkHome(folder.resolve("opt spark"), 7);

    Outcome outcome = karat.run("run", "--as-of", "2026-03-01", "--verbose");

    assertEquals(7, outcome.exitCode());
    assertEquals(
        List.of(
            "spark-submit",
            "--properties-file",
            karat.home + "/conf/spark-defaults.conf",
            "--load-spark-defaults",
            "--class",
            "io.karat.cli.Main",
            karat.home + "/target/karat.jar",
            "run",
            "--as-of",
            "2026-03-01",
            "--verbose"),
        outcome.call());
    assertEquals(
        " \"-Dlog4j2.configurationFile=%s/conf/log4j2.properties\" \"-Dfile.encoding=UTF-8\""
                .formatted(karat.home)
            + " \"-Dkarat.log.level=info\" \"-Dkarat.terminal=false\"",
        karat.sparkSubmitOptions());
  }

  @Test
  void sparkOptionsMayStandAnywhere() throws Exception {
    karat.sparkHome(folder.resolve("spark"), 0);

    Outcome outcome =
        karat.run(
            "--master",
            "yarn",
            "run",
            "--deploy-mode=client",
            "--files=shop.yaml",
            "--as-of",
            "2026-03-01",
            "--conf",
            "spark.x=a b=c",
            "--",
            "--master");

    assertEquals(
        List.of(
            "--master",
            "yarn",
            "--deploy-mode",
            "client",
            "--files",
            "shop.yaml",
            "--conf",
            "spark.x=a b=c",
            "--class"),
        outcome.call().subList(4, 13));
    assertEquals(
        List.of("run", "--as-of", "2026-03-01", "--", "--master"), outcome.call().subList(15, 20));
  }

  @Test
  void aCollectorThatTheEnvironmentNamesIsTheOnlyOne() throws Exception {
    String batch = "@" + karat.home + "/conf/batch.options";
    assertTrue(options("run").contains(batch));

    karat.environment("JAVA_TOOL_OPTIONS", "-Dx=y -XX:+UseZGC");
    assertFalse(options("run").contains(batch));

    karat.environment("JAVA_TOOL_OPTIONS", "-Dx=y");
    assertTrue(options("run").contains(batch));

    karat.environment("JDK_JAVA_OPTIONS", "-XX:+UseG1GC");
    assertFalse(options("run").contains(batch));
  }

  /** The virtual machine itself writes them to the standard output, if nobody says otherwise. */
  @Test
  void warningsOfJavaDoNotMixWithResults() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                JavaOptions.files().get(0),
                "-XX:+UseLargePages",
                "-XX:LargePageSizeInBytes=3m",
                "-version")
            .start();

    assertEquals("", new String(process.getInputStream().readAllBytes(), UTF_8));
    assertTrue(new String(process.getErrorStream().readAllBytes(), UTF_8).contains("[warning]"));
  }

  @ParameterizedTest
  @CsvSource({
    "demo, false",
    "plan, true",
    "validate, true",
    "status, true",
    "report, true",
    "explain, true",
    "unlock, true",
    "run, false",
    "backfill --from=D --to=D, false",
    "models, false",
    "generate --customers=1 --days=1 --output=F, false"
  })
  void commandsThatReadLittleUseTheFirstCompilerAlone(String command, boolean isShort)
      throws Exception {
    assertEquals(isShort, options(command.split(" ")).contains("-XX:TieredStopAtLevel=1"));
  }

  @ParameterizedTest
  @CsvSource({
    "run, true",
    "run --master=yarn, false",
    "backfill --from=D --to=D, false",
    "demo, false"
  })
  void aNightOfSmallInputsUsesTheFirstCompilerAlone(String line, boolean isShort) throws Exception {
    karat.smallInputs();

    assertEquals(isShort, options(line.split(" ")).contains("-XX:TieredStopAtLevel=1"));
  }

  @Test
  void newerVersionsOfJavaGetOptionsOfTheirOwn() throws Exception {
    String earlier = "@" + karat.home + "/conf/java-17.options";
    String later = "@" + karat.home + "/conf/java-23.options";

    for (String version : List.of("17.0.15", "21.0.2", "22")) {
      karat.java(version);
      assertTrue(options("run").contains(earlier), version);
      assertFalse(options("run").contains(later), version);
    }
    for (String version : List.of("23", "25.0.3", "26-ea")) {
      karat.java(version);
      assertTrue(options("run").contains(later), version);
      assertFalse(options("run").contains(earlier), version);
    }
    karat.sparkHome(folder.resolve("spark"), 0);
    karat.run("run");
    assertTrue(
        karat.sparkSubmitOptions().endsWith("\" --sun-misc-unsafe-memory-access=allow"),
        karat.sparkSubmitOptions());
  }

  @Test
  void aDriverInAStandaloneClusterGetsWhatSparkLeavesOut() throws Exception {
    karat.sparkHome(folder.resolve("spark"), 0);
    karat.write("conf/java.options", "# why\n-Da=b\n--add-opens=x/y=Z\n--add-opens=x/v=Z\n");
    String standalone = "--master=spark://head:7077";
    String opened =
        "%s--add-opens=x/y=Z --add-opens=x/v=Z \"%s%s/conf/log4j2.properties\" %s"
            .formatted(DRIVER_OPTIONS, LOG, karat.home, STORY);

    assertTrue(options("run", standalone, CLUSTER).contains(opened));
    assertTrue(
        options("run", standalone, CLUSTER, "--conf=" + DRIVER_OPTIONS + "-Dc=d -Xx")
            .contains(opened + " -Dc=d -Xx"));
    assertTrue(options("run", standalone).stream().noneMatch(it -> it.startsWith(DRIVER_OPTIONS)));
  }

  @Test
  void aDriverOnYarnHasItsNameAndTheLogThatIsAskedFor() throws Exception {
    Path spark = folder.resolve("spark");
    karat.sparkHome(spark, 0);
    String log = "spark.yarn.dist.files=%s/conf/log4j2%s.properties";

    List<String> text = options("run", "--master=yarn", CLUSTER, "--verbose");
    assertTrue(text.contains("spark.app.name=karat run"), text::toString);
    assertTrue(text.contains(log.formatted(karat.home, "")), text::toString);
    assertTrue(
        text.contains(
            DRIVER_OPTIONS
                + LOG
                + "log4j2.properties "
                + STORY.replace(" -Dkarat.log.story", " -Dkarat.log.level=info -Dkarat.log.story")),
        text::toString);
    assertTrue(options("run", "--master=yarn").stream().noneMatch(it -> it.contains("app.name")));

    karat.environment("KARAT_LOG_FORMAT", "json");
    Files.createDirectories(spark.resolve("conf"));
    Files.writeString(
        spark.resolve("conf/spark-defaults.conf"),
        "spark.master yarn\nspark.driver.extraJavaOptions -Xx\n");
    List<String> json = options("run", CLUSTER);
    assertTrue(json.contains(log.formatted(karat.home, "-json")), json::toString);
    assertTrue(
        json.contains(DRIVER_OPTIONS + LOG + "log4j2-json.properties " + STORY + " -Xx"),
        json::toString);
    assertEquals(
        List.of("--log-format", "json", "run"), json.subList(json.size() - 3, json.size()));
  }

  @Test
  void aDriverOnKubernetesHasTheJarAndTheLogOfItsImage() throws Exception {
    karat.sparkHome(folder.resolve("spark"), 0);
    karat.environment("KARAT_JAR", "local:///opt/karat/lib/karat.jar");

    List<String> call = options("run", KUBERNETES, CLUSTER, "--config=s3a://shop/karat.yaml");

    assertTrue(call.contains("local:///opt/karat/lib/karat.jar"), call::toString);
    assertTrue(
        call.contains(DRIVER_OPTIONS + LOG + "/opt/karat/conf/log4j2.properties " + STORY),
        call::toString);
  }

  @Test
  void whatADriverOnKubernetesDoesNotReachIsRefused() throws Exception {
    Path spark = folder.resolve("spark");
    karat.sparkHome(spark, 0);
    String store = "--conf spark.kubernetes.file.upload.path=s3a://bucket/folder.";
    assertRefused(
        ("karat: The jar '%s/target/karat.jar' is on this machine, where no driver in Kubernetes reaches it:"
                + " expected it in the image, or a store for uploads. Set"
                + " KARAT_JAR=local:///opt/karat/lib/karat.jar for an image with Karat, or add %s")
            .formatted(karat.home, store),
        "run",
        KUBERNETES,
        CLUSTER);
    assertEquals(0, karat.run("run", KUBERNETES).exitCode());

    karat.environment("KARAT_JAR", "local:///opt/karat/lib/karat.jar");
    String[] withFile = {
      "run", KUBERNETES, CLUSTER, "--files=s3a://b/a,/x/shop.yaml", "--config=shop.yaml"
    };
    assertRefused(
        "karat: '/x/shop.yaml' is on this machine, where no driver in Kubernetes reaches it: expected"
            + " a URI, or a store for uploads. Put it into a store and name it there, or add "
            + store,
        withFile);

    Files.createDirectories(spark.resolve("conf"));
    Files.writeString(
        spark.resolve("conf/spark-defaults.conf"), "spark.kubernetes.file.upload.path=s3a://b\n");
    assertEquals(0, karat.run(withFile).exitCode());
    karat.environment("KARAT_JAR", "");
    List<String> call = options(withFile);
    assertTrue(call.contains(DRIVER_OPTIONS + STORY), call::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "yarn, shop.yaml, '', false",
    "yarn, conf/shop.yaml, conf/shop.yaml, false",
    "yarn, shop.yaml, 'a.txt,conf/shop.yaml', true",
    "yarn, shop.yaml, /tmp/x#shop.yaml, true",
    "yarn, /etc/shop.yaml, '', true",
    "spark://head:7077, hdfs:///shop.yaml, '', true",
  })
  void aConfigurationOfThisMachineIsSentToADriverInTheCluster(
      String master, String configuration, String files, boolean isReached) throws Exception {
    karat.sparkHome(folder.resolve("spark"), 0);
    String[] line = {
      "run", "--master", master, CLUSTER, "--config", configuration, "--files=" + files
    };

    if (isReached) {
      assertEquals(0, karat.run(line).exitCode());
    } else {
      assertRefused(
          ("karat: --config '%s' is on this machine, and the driver in the cluster: expected a URI, or a file"
                  + " that is sent along. Give --files '%1$s' --config 'shop.yaml', or a URI such as"
                  + " hdfs:///karat/shop.yaml.")
              .formatted(configuration),
          line);
    }
  }

  @Test
  void theHeapFollowsTheDriverMemory() throws Exception {
    assertEquals("-Xmx512m", heap("--conf", "spark.driver.memory=512m"));
    assertEquals("-Xmx5g", heap("--driver-memory", "5gb"));
    assertEquals("-Xmx2048m", heap("--driver-memory=2048"));
    karat.write("conf/spark-defaults.conf", "# nothing\n");
    assertEquals("-Xmx2g", heap());
  }

  @Test
  void aGivenMasterAndPropertiesFileReplaceOurs() throws Exception {
    Path own = karat.write("own.conf", "spark.driver.memory=1g\n");

    Outcome outcome =
        karat.run("run", "--properties-file", own.toString(), "--conf", "spark.master=local[1]");

    assertEquals("-Xmx1g", outcome.call().get(4));
    assertEquals(
        List.of("--properties-file", own.toString(), "--load-spark-defaults", "--conf"),
        outcome.call().subList(11, 15));
    assertTrue(!outcome.call().contains("local[*]"), outcome.call()::toString);
  }

  @Test
  void helpAndDescriptionsStartWithoutSpark() throws Exception {
    for (String command :
        List.of("", "version", "--set a=b version", "run --help", "schema", "completion bash")) {
      Outcome outcome = karat.run(command.isEmpty() ? new String[0] : command.split(" "));

      assertTrue(outcome.call().contains("io.karat.cli.Main"), command);
      assertTrue(!outcome.call().contains("--class"), command);
    }
  }

  @Test
  void aLineThatKaratDoesNotUnderstandIsRefusedWithoutSpark() throws Exception {
    for (String line :
        List.of(
            "rnu --config F",
            "run --confg F",
            "run --confg=F",
            "--set a=b dmo",
            "run -x",
            "explain --config F",
            "explain --customers 5",
            "backfill --from 2026-01-01",
            "explain --customer C --as-of",
            "run --config --as-of 2026-03-01",
            "--set")) {
      assertTrue(!options(line.split(" ")).contains("--class"), line);
    }
    for (String line :
        List.of(
            "run --set a=--b",
            "--set -a=b run",
            "run --config=-",
            "init data",
            "explain --customer C",
            "backfill --to=2026-01-02 --from 2026-01-01")) {
      assertTrue(options(line.split(" ")).contains("--class"), line);
    }
  }

  @Test
  void theLauncherKnowsTheWordsOfTheCommandLine() throws Exception {
    Set<String> options = new TreeSet<>();
    Set<String> withValue = new TreeSet<>();
    for (CommandLine command : TypedCommands.all()) {
      for (CommandLine.Model.OptionSpec option : command.getCommandSpec().options()) {
        options.addAll(List.of(option.names()));
        withValue.addAll(option.arity().min() > 0 ? List.of(option.names()) : List.of());
      }
    }

    assertEquals(
        List.copyOf(new Karat(Karat.commands()).line().getSubcommands().keySet()),
        LauncherWords.of("commands"));
    assertEquals(options, new TreeSet<>(LauncherWords.of("options_of_karat")));
    assertEquals(withValue, new TreeSet<>(LauncherWords.of("options_with_value")));
  }

  @Test
  void theLauncherKnowsWhatCommandsNeed() throws Exception {
    Set<String> needed = new TreeSet<>();
    new Karat(Karat.commands())
        .line()
        .getSubcommands()
        .forEach(
            (name, command) ->
                command.getCommandSpec().options().stream()
                    .filter(CommandLine.Model.OptionSpec::required)
                    .forEach(option -> needed.add(name + ":" + option.longestName())));

    assertEquals(needed, new TreeSet<>(LauncherWords.of("required_options")));
  }

  @Test
  void whoAsksForJsonGetsSparksLogAsJsonToo() throws Exception {
    String log = "-Dlog4j2.configurationFile=%s/conf/log4j2%s.properties";

    for (String line :
        List.of("run --log-format json", "--log-format json run", "run --log-format=json")) {
      assertTrue(options(line.split(" ")).contains(log.formatted(karat.home, "-json")), line);
      assertTrue(options(line.split(" ")).contains("--class"), line);
    }
    karat.environment("KARAT_LOG_FORMAT", "json");
    assertTrue(options("run").contains(log.formatted(karat.home, "-json")));
    assertTrue(options("run", "--log-format", "text").contains(log.formatted(karat.home, "")));
    assertTrue(!options("--log-format", "json", "version").contains("--class"));
  }

  @Test
  void worksThroughALinkFromAnyFolder() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("karat link"), Path.of("link"));
    Files.createSymbolicLink(folder.resolve("link"), karat.home.resolve("scripts/karat"));

    List<String> call = karat.run(link, "run").call();

    assertTrue(call.contains(karat.home + "/target/karat.jar"), call::toString);
  }

  @Test
  void javaHomeComesBeforeThePath() throws Exception {
    Path jdk = folder.resolve("my jdk");
    Files.createDirectories(jdk.resolve("bin"));
    karat.java("21.0.2");
    Files.move(karat.tool("java"), jdk.resolve("bin/java"));
    karat.java("11.0.2");
    karat.environment("JAVA_HOME", jdk.toString());

    assertEquals(0, karat.run("version").exitCode());
  }

  @Test
  void aSparkOptionWithoutItsValueIsRefused() throws Exception {
    assertRefused("karat: Option '--master' has no value: expected one after it.", "--master");
    assertRefused(
        "karat: --conf 'karat.yaml' is not a setting of Spark: expected key=value."
            + " Karat's own file is given by --config.",
        "run",
        "--conf",
        "karat.yaml");
  }

  @Test
  void aSparkHomeWithoutSparkIsRefused() throws Exception {
    karat.environment("SPARK_HOME", "/nowhere");

    assertRefused(
        "karat: SPARK_HOME is '/nowhere', which has no bin/spark-submit: expected an installation"
            + " of Spark 4.0, 4.1 or 4.2. Correct it, or unset it to use the Spark that Maven resolves.",
        "run");
  }

  @ParameterizedTest
  @CsvSource({
    "spark-core_2.13-4.0.1.jar, ''",
    "spark-core_2.13-4.2.0.jar, ''",
    "spark-core.jar, ''",
    "spark-core_2.13-4.3.0.jar, Spark 4.3.0 of Scala 2.13",
    "spark-core_2.13-3.5.6.jar, Spark 3.5.6 of Scala 2.13",
    "spark-core_2.12-3.5.6.jar, Spark 3.5.6 of Scala 2.12",
  })
  void aSparkThatIsNotKnownIsRefused(String jar, String refused) throws Exception {
    Path spark = folder.resolve("opt spark");
    karat.sparkHome(spark, 0);
    Files.createDirectories(spark.resolve("jars"));
    Files.createFile(spark.resolve("jars").resolve(jar));

    if (refused.isEmpty()) {
      assertEquals(0, karat.run("run").exitCode());
    } else {
      assertRefused(
          "karat: SPARK_HOME '%s' has %s: expected Spark 4.0, 4.1 or 4.2 of Scala 2.13. Set"
                  .formatted(spark, refused)
              + " SPARK_HOME to one, or unset it to use the Spark that Maven resolves.",
          "run");
    }
  }

  @Test
  void aHadoopThatDoesNotRunOnThisJavaIsRefused() throws Exception {
    String because = "which does not run on Java 25: expected Hadoop 3.5 or newer.";
    karat.java("25.0.3");
    karat.resolvedHadoop("3.4.2");
    assertRefused(
        "karat: '%s/target/spark.classpath' names Hadoop 3.4.2, %s".formatted(karat.home, because)
            + " Set JAVA_HOME to Java 17 or 21, or build Karat on this Java.",
        "run");
    assertEquals(0, karat.run("version").exitCode());

    Path spark = folder.resolve("opt spark");
    karat.sparkHome(spark, 0);
    assertEquals(0, karat.run("run").exitCode());
    Files.createDirectories(spark.resolve("jars"));
    Files.createFile(spark.resolve("jars/hadoop-client-api-3.4.2.jar"));
    assertRefused(
        "karat: SPARK_HOME '%s' has Hadoop 3.4.2, %s".formatted(spark, because)
            + " Set JAVA_HOME to Java 17 or 21, or take a Spark with such a Hadoop.",
        "run");
    karat.java("21.0.2");
    assertEquals(0, karat.run("run").exitCode());
  }

  @ParameterizedTest
  @CsvSource({
    "17.0.15, 3.4.2, runs",
    "22,      3.4.2, runs",
    "23,      3.4.2, is refused",
    "25.0.3,  3.5.0, runs",
    "25.0.3,  3.6.0-rc1, runs",
    "25.0.3,  4.0.0, runs",
  })
  void hadoopRunsOnJava(String java, String hadoop, String outcome) throws Exception {
    karat.java(java);
    karat.resolvedHadoop(hadoop);

    assertEquals(outcome.equals("runs") ? 0 : 2, karat.run("run").exitCode());
  }

  @Test
  void aDeployedCopyNeedsAJarAndASpark() throws Exception {
    Path classpath = karat.home.resolve("target/spark.classpath");
    Files.delete(classpath);
    assertRefused(
        "karat: There is no Spark: SPARK_HOME is not set and '%s' is missing.".formatted(classpath)
            + " Set SPARK_HOME to an installation of Spark 4.0, 4.1 or 4.2.",
        "run");

    Path jar = karat.home.resolve("target/karat.jar");
    Files.delete(jar);
    assertRefused(
        "karat: The jar '%s' is missing: expected it there, or pom.xml and src to build it from."
            .formatted(jar),
        "run");
  }

  private String archive() {
    return karat.home + "/target/spark-classes.jsa";
  }

  private List<String> options(String... arguments) throws Exception {
    return karat.run(arguments).call();
  }

  private String heap(String... options) throws IOException, InterruptedException {
    return karat
        .run(Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new))
        .call()
        .get(4);
  }

  private void assertRefused(String message, String... arguments) throws Exception {
    Outcome outcome = karat.run(arguments);

    assertEquals(message, outcome.output());
    assertEquals(2, outcome.exitCode());
  }
}
