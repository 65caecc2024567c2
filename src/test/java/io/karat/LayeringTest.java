package io.karat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test that data flows one way: a package uses only those before it in {@link #FLOW}. */
class LayeringTest {
  private static final String ROOT = "io.karat";
  private static final List<String> FLOW =
      List.of(
          "expressions",
          "ledger",
          "engine",
          "run",
          "settings.yaml",
          "settings",
          "models",
          "tables",
          "ranks",
          "input",
          "state",
          "publishing",
          "generate",
          "measures",
          "quality",
          "mart",
          "lakehouse",
          "indicators",
          "lifetime",
          "scores",
          "movement",
          "segments",
          "prediction",
          "allocation",
          "groups",
          "report",
          "night",
          "lineage",
          "explain",
          "training",
          "matching",
          "dictionary",
          "draft",
          "cli");
  private static final Pattern USE =
      Pattern.compile("(?m)^ +io\\.karat(?:\\.([\\w.]+))? +-> io\\.karat(?:\\.([\\w.]+))? ");

  private static final Pattern FILE_SYSTEM =
      Pattern.compile("\\b(FileSystem|FileContext|FileUtil|getFileSystem)\\b");

  /**
   * The users of Hadoop's file systems: storage of the output, and readers and writers of inputs.
   */
  private static final Set<String> FILE_USERS =
      Set.of(
          "publishing/Storage.java",
          "publishing/HadoopStorage.java",
          "publishing/HdfsStorage.java",
          "publishing/S3Storage.java",
          "input/SnapshotPath.java",
          "input/DeltaTable.java",
          "input/FileListing.java",
          "input/PathPattern.java",
          "input/TableFolders.java",
          "engine/CsvFiles.java",
          "engine/SourceFormat.java",
          "draft/CsvHeading.java",
          "draft/DataFolder.java",
          "generate/FirmFolder.java",
          "generate/ParquetFooter.java",
          "cli/ConfigurationFile.java");

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

  @Test
  void everyPackageHasItsPlace() throws IOException {
    Set<String> packages = packages();

    assertTrue(packages.containsAll(FLOW), () -> "the list names packages beyond " + packages);
    packages.removeAll(FLOW);
    assertEquals(Set.of(), packages, "packages that the list lacks; the root package is empty");
  }

  @Test
  void onlyStorageReachesTheFilesOfTheOutput() throws IOException {
    Path root = Path.of("src/main/java/io/karat");
    try (Stream<Path> files = Files.walk(root)) {
      assertEquals(
          FILE_USERS,
          files
              .filter(file -> file.toString().endsWith(".java") && usesFileSystem(file))
              .map(file -> root.relativize(file).toString())
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  private static boolean usesFileSystem(Path source) {
    try {
      return FILE_SYSTEM.matcher(Files.readString(source)).find();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The packages with classes, below the root; the root itself would be an empty name. */
  private static Set<String> packages() throws IOException {
    Path root = classes().resolve(ROOT.replace('.', '/'));
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Path classes() {
    return Path.of(System.getProperty("classes.dir", "target/classes"));
  }

  private static String jdeps() {
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    ToolProvider.findFirst("jdeps")
        .orElseThrow()
        .run(writer, writer, "-verbose:package", "-filter:none", classes().toString());
    return out.toString();
  }
}
