package io.karat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Data flows one way: a package uses only those before it in {@link #FLOW}. */
class LayeringTest {
  private static final List<String> FLOW =
      List.of(
          "run",
          "settings",
          "frame",
          "ranks",
          "input",
          "tiles",
          "indicators",
          "models",
          "lifetime",
          "scores",
          "movement",
          "quality",
          "segments",
          "publishing",
          "mart",
          "report",
          "generate",
          "cli");
  private static final Pattern USE =
      Pattern.compile("(?m)^ +io\\.karat\\.(\\w+) +-> io\\.karat\\.(\\w+) ");

  @Test
  void noPackageUsesALaterOne() {
    List<MatchResult> uses = USE.matcher(jdeps()).results().toList();

    assertFalse(uses.isEmpty(), "jdeps saw no packages: are the classes compiled?");
    assertEquals(
        List.of(),
        uses.stream()
            .filter(use -> FLOW.indexOf(use.group(1)) < FLOW.indexOf(use.group(2)))
            .map(use -> use.group(1) + " uses " + use.group(2))
            .toList());
  }

  private static String jdeps() {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    String classes = System.getProperty("classes.dir", "target/classes");
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(writer, writer, "-verbose:package", "-filter:none", classes);
    return out.toString();
  }
}
