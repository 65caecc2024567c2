package io.karat.night;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.night.StandaloneSpark.Ended;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.spark.package$;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of a night whose driver runs on Kubernetes: the pod that Spark's own client gives to a
 * stand-in for the API server, which runs nothing.
 */
@Tag("long")
class KubernetesIT {
  private static final Pattern OF_KUBERNETES =
      Pattern.compile(
          "(spark-kubernetes|kubernetes-|vertx-|zjsonpatch|snakeyaml-engine|jackson-data).*");

  @TempDir private static Path folder;
  private static KubernetesServer server;
  private static Ended submitted;
  private static JsonNode pod;
  private static JsonNode container;

  @BeforeAll
  static void submit() throws Exception {
    server = new KubernetesServer();
    StandaloneSpark spark =
        StandaloneSpark.install(folder.resolve("spark"), "").with(OF_KUBERNETES);
    spark.set("KARAT_JAR", "local:///opt/karat/lib/karat.jar");
    submitted =
        DeployedKarat.to(folder, spark)
            .run(
                List.of(
                    "run",
                    "--config=s3a://shop/karat.yaml",
                    "--as-of=2026-03-01",
                    "--log-format=json",
                    "--master=" + server.master(),
                    "--deploy-mode=cluster",
                    "--driver-memory=3g",
                    "--conf=spark.kubernetes.namespace=shop",
                    "--conf=spark.kubernetes.authenticate.driver.serviceAccountName=karat",
                    "--conf=spark.kubernetes.container.image=registry.example.com/karat:0.1.0",
                    "--conf=spark.kubernetes.driver.secretKeyRef.ERP_PASSWORD=erp:password",
                    "--conf=spark.kubernetes.submission.waitAppCompletion=false"));
    pod = server.given("Pod").findFirst().orElseThrow(() -> new AssertionError(submitted));
    container = pod.path("spec").path("containers").path(0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theDriverIsOnePodNamedByTheCommand() {
    assertEquals(0, submitted.exitCode(), submitted::remarks);
    assertEquals(1, server.given("Pod").count());
    String name = pod.path("metadata").path("name").asText();
    assertTrue(name.matches("karat-run-[0-9a-f]+-driver"), name);
    assertEquals("karat-run", pod.path("metadata").path("labels").path("spark-app-name").asText());
    assertEquals("karat", pod.path("spec").path("serviceAccountName").asText());
    assertEquals("registry.example.com/karat:0.1.0", container.path("image").asText());
  }

  /** Whoever submits needs the right to create these, as docs/spark.md says. */
  @Test
  void thePodHasCompany() {
    List<String> expected =
        package$.MODULE$.SPARK_VERSION().startsWith("4.2.")
            ? List.of("ConfigMap", "NetworkPolicy", "Pod", "Service")
            : List.of("ConfigMap", "Pod", "Service");

    assertEquals(expected, server.kinds());
  }

  @Test
  void itRunsTheJarOfTheImage() {
    assertEquals(
        "driver --properties-file /opt/spark/conf/spark.properties --class io.karat.cli.Main"
            + " local:///opt/karat/lib/karat.jar run --config=s3a://shop/karat.yaml"
            + " --as-of=2026-03-01 --log-format=json",
        StreamSupport.stream(container.path("args").spliterator(), false)
            .map(JsonNode::asText)
            .collect(joining(" ")));
  }

  /** The settings of the driver lie in a ConfigMap, which is mounted where the arguments say. */
  @Test
  void itLogsAsTheCommandAsks() throws IOException {
    Properties settings = new Properties();
    settings.load(
        new StringReader(
            server
                .given("ConfigMap")
                .map(it -> it.path("data").path("spark.properties"))
                .filter(JsonNode::isTextual)
                .findFirst()
                .orElseThrow()
                .asText()));

    assertEquals("karat run", settings.getProperty("spark.app.name"));
    assertEquals("in-memory", settings.getProperty("spark.sql.catalogImplementation"));
    assertEquals(
        "-Dlog4j2.configurationFile=/opt/karat/conf/log4j2-json.properties -Dfile.encoding=UTF-8"
            + " -Dkarat.log.story=info -Dkarat.terminal=false",
        settings.getProperty("spark.driver.extraJavaOptions"));
    String mounts = container.path("volumeMounts").toString();
    assertTrue(mounts.contains("\"mountPath\":\"/opt/spark/conf\""), mounts);
  }

  @Test
  void aSecretIsNamedAndNotGiven() {
    JsonNode secret =
        StreamSupport.stream(container.path("env").spliterator(), false)
            .filter(it -> it.path("name").asText().equals("ERP_PASSWORD"))
            .findFirst()
            .orElseThrow();

    assertEquals(
        "{\"key\":\"password\",\"name\":\"erp\"}",
        secret.path("valueFrom").path("secretKeyRef").toString());
    assertFalse(secret.has("value"));
    assertFalse(container.path("args").toString().contains("ERP_PASSWORD"));
  }
}
