package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karat.run.ExitCode;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.ParseResult;

/** Tests of the files under conf/kubernetes: what they name exists, and Karat takes its part. */
class KubernetesTest {
  private static final Path BASE = Path.of("conf/kubernetes");

  /** The options that the launcher hands to Spark. */
  private static final Set<String> OF_SPARK =
      Set.of(
          "--master",
          "--conf",
          "--driver-memory",
          "--num-executors",
          "--executor-cores",
          "--executor-memory");

  private static final Map<String, JsonNode> OBJECTS = new TreeMap<>();
  private static JsonNode kustomization;
  private static JsonNode pod;
  private static JsonNode container;

  @BeforeAll
  static void read() throws IOException {
    kustomization = documents("kustomization.yaml").get(0);
    for (JsonNode name : kustomization.path("resources")) {
      documents(name.asText()).forEach(it -> OBJECTS.put(it.path("kind").asText(), it));
    }
    pod = job().path("template").path("spec");
    container = pod.path("containers").path(0);
  }

  @Test
  void theBaseNamesEveryFile() throws IOException {
    Set<String> named = new TreeSet<>(Set.of("kustomization.yaml"));
    kustomization.path("resources").forEach(file -> named.add(file.asText()));
    kustomization
        .path("configMapGenerator")
        .path(0)
        .path("files")
        .forEach(it -> named.add(it + ""));

    try (var files = Files.list(BASE)) {
      assertEquals(
          new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()),
          new TreeSet<>(named.stream().map(name -> name.replace("\"", "")).toList()));
    }
    assertEquals(
        Set.of("CronJob", "PersistentVolumeClaim", "Role", "RoleBinding", "ServiceAccount"),
        OBJECTS.keySet());
  }

  @Test
  void thePodOfANightNamesTheAccountTheVolumeAndTheConfigurationOfTheBase() {
    JsonNode configuration = pod.path("volumes").path(0);
    JsonNode data = pod.path("volumes").path(1);

    assertEquals(name("ServiceAccount"), pod.path("serviceAccountName").asText());
    assertEquals(
        name("PersistentVolumeClaim"),
        data.path("persistentVolumeClaim").path("claimName").asText());
    assertEquals(
        kustomization.path("configMapGenerator").path(0).path("name").asText(),
        configuration.path("configMap").path("name").asText());
    assertEquals(
        List.of(configuration.path("name"), data.path("name")),
        List.of(mount(0).path("name"), mount(1).path("name")));
    JsonNode binding = object("RoleBinding");
    assertEquals(name("Role"), binding.path("roleRef").path("name").asText());
    assertEquals(name("ServiceAccount"), binding.path("subjects").path(0).path("name").asText());
  }

  @Test
  void executorsHaveTheImageAndTheVolumeOfTheDriver() {
    Map<String, String> settings = settings();

    assertEquals(
        container.path("image").asText(), settings.get("spark.kubernetes.container.image"));
    String volume = "spark.kubernetes.executor.volumes.persistentVolumeClaim.data.";
    assertEquals(name("PersistentVolumeClaim"), settings.get(volume + "options.claimName"));
    assertEquals(mount(1).path("mountPath").asText(), settings.get(volume + "mount.path"));
    Set<String> variables = new TreeSet<>();
    container.path("env").forEach(it -> variables.add("$(%s)".formatted(it.path("name").asText())));
    assertEquals(
        variables,
        new TreeSet<>(settings.values().stream().filter(it -> it.startsWith("$")).toList()));
  }

  @Test
  void karatTakesTheCommandLine() {
    List<String> words = new ArrayList<>();
    Iterator<String> arguments = arguments().iterator();
    while (arguments.hasNext()) {
      String word = arguments.next();
      if (OF_SPARK.contains(word)) {
        arguments.next();
      } else {
        words.add(word);
      }
    }

    assertEquals("karat", words.get(0));
    ParseResult read = TypedCommands.read(words.subList(1, words.size()));
    assertEquals("run", read.commandSpec().name());
    assertEquals(
        mount(0).path("mountPath").asText() + "/karat.yaml",
        read.matchedOptionValue("--config", ""));
  }

  @Test
  void karatTakesTheConfiguration() {
    Problems problems = new Problems();

    Settings settings =
        ConfigurationReader.read(BASE.resolve("karat.yaml"), Map.of(), List.of(), problems);

    problems.throwIfAny();
    assertEquals(
        object("CronJob").path("spec").path("timeZone").asText(), settings.timeZone().toString());
    String data = mount(1).path("mountPath").asText() + "/";
    assertTrue(settings.output().path().startsWith(data), settings.output()::path);
  }

  @Test
  void anotherTryIsMadeOnlyWhereItCures() {
    Set<String> given = new TreeSet<>();
    job()
        .path("podFailurePolicy")
        .path("rules")
        .path(0)
        .path("onExitCodes")
        .path("values")
        .forEach(code -> given.add(code.asText()));

    Set<String> expected = new TreeSet<>();
    for (ExitCode code : List.of(ExitCode.USAGE, ExitCode.REFUSED, ExitCode.WARNED)) {
      expected.add("" + code.number());
    }
    assertEquals(expected, given);
    assertEquals("Never", pod.path("restartPolicy").asText());
    assertEquals("Forbid", object("CronJob").path("spec").path("concurrencyPolicy").asText());
  }

  private static JsonNode object(String kind) {
    return Objects.requireNonNull(OBJECTS.get(kind), kind);
  }

  private static JsonNode job() {
    return object("CronJob").path("spec").path("jobTemplate").path("spec");
  }

  private static String name(String kind) {
    return object(kind).path("metadata").path("name").asText();
  }

  private static JsonNode mount(int number) {
    return container.path("volumeMounts").path(number);
  }

  private static List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    container.path("args").forEach(argument -> arguments.add(argument.asText()));
    return arguments;
  }

  /** The settings of Spark that are given by {@code --conf}. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>();
    List<String> arguments = arguments();
    for (int at = 1; at < arguments.size(); at++) {
      if (arguments.get(at - 1).equals("--conf")) {
        String[] setting = arguments.get(at).split("=", 2);
        settings.put(setting[0], setting[1]);
      }
    }
    return settings;
  }

  private static List<JsonNode> documents(String file) throws IOException {
    List<JsonNode> documents = new ArrayList<>();
    for (Object document : new Yaml().loadAll(Files.readString(BASE.resolve(file)))) {
      documents.add(new ObjectMapper().valueToTree(document));
    }
    return documents;
  }
}
