package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.UsageException;
import io.karat.settings.yaml.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts of YAML that are made to exhaust or to deceive a reader: each ends with one line. */
class HostileYamlTest {
  static Stream<Arguments> texts() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i <= 30; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
    }
    StringBuilder ladder = new StringBuilder();
    for (int depth = 0; depth < 500; depth++) {
      ladder.append(" ".repeat(Math.min(depth, 300))).append("a:\n");
    }
    return Stream.of(
        Arguments.of("aliases", bomb.toString(), "aliases"),
        Arguments.of("lists", "a: " + "[".repeat(100_000), "nested more than 40 deep"),
        Arguments.of(
            "closed lists", "a: " + "[".repeat(500) + "]".repeat(500), "nested more than 40 deep"),
        Arguments.of("mappings", "{a: ".repeat(100_000), "nested more than 40 deep"),
        Arguments.of("ladder", ladder.toString(), "nested more than 40 deep"),
        Arguments.of("long", "a: x\n#" + "y".repeat(4_000_000), "more than 1000000 characters"),
        Arguments.of("anchors", "name: &a x\ntime_zone: &a UTC\n", "'&a' is given twice"),
        Arguments.of("itself", "name: &a [*a]\n", "contains itself"),
        Arguments.of(
            "tag", "name: !!javax.script.ScriptEngineManager [x]\n", "Global tag is not allowed"),
        Arguments.of("keys", "? [a, b]\n: x\n", "stands where a key is expected"),
        Arguments.of("documents", "a: 1\n---\nb: 2\n", "not valid YAML"),
        Arguments.of("control", "name: a\u001b[2Jb\n", "U+001B is not allowed"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void eachEndsWithOneLine(String name, String text, String message) {
    UsageException refusal =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () ->
                assertThrows(
                    UsageException.class,
                    () ->
                        ConfigurationReader.read(
                            "karat.yaml", text, Map.of(), List.of(), new Problems())));

    String said = String.valueOf(refusal.getMessage());
    assertTrue(said.startsWith("karat.yaml:"), said);
    assertTrue(said.contains(message), said);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.length() < 500, said);
  }
}
