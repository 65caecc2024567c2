package io.karat.night;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests of the contents of the jar that is handed to Spark: Karat, the few libraries it carries, no
 * more.
 */
class PackagedJarIT {
  private static final Path JAR = Path.of("target/karat.jar");

  /** Classes. The PostgreSQL driver keeps its name, because JDBC and its users know it by that. */
  private static final Pattern CLASS = Pattern.compile("(io/karat|org/postgresql)/.+\\.class");

  private static final Pattern RESOURCE = Pattern.compile("(io/karat|org/postgresql)/.+");

  /** The files of the libraries that the report embeds, at their webjar paths. */
  private static final Pattern PICTURES =
      Pattern.compile(
          "META-INF/resources/webjars/(echarts/[^/]+/(LICENSE|NOTICE|dist/echarts\\.min\\.js)"
              + "|tabulator-tables/[^/]+/(LICENSE|dist/js/tabulator\\.min\\.js"
              + "|dist/css/tabulator_simple\\.min\\.css))");

  private static final Pattern ABOUT =
      Pattern.compile(
          "META-INF/(MANIFEST\\.MF|services/.+|licenses/.+|(LICENSE|NOTICE|THIRD-PARTY).*)");
  private static final String SERVICES = "META-INF/services/";
  private static final String SHADED = "io/karat/shaded/";

  private static JarFile jar;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(JAR.toFile());
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void holdsNothingOfSparkHadoopScalaOrTheirLogs() {
    assertEquals(
        List.of(),
        names().filter(name -> name.endsWith(".class")).filter(name -> !is(CLASS, name)).toList());
    assertTrue(names().anyMatch("io/karat/cli/Main.class"::equals));
  }

  @Test
  void holdsNoModuleVersionOrSignatureOfALibrary() throws IOException {
    assertEquals(
        List.of(),
        names()
            .filter(name -> !is(RESOURCE, name) && !is(ABOUT, name) && !is(PICTURES, name))
            .toList());
    Attributes manifest = jar.getManifest().getMainAttributes();
    assertFalse(manifest.containsKey(Attributes.Name.MULTI_RELEASE));
    assertEquals("io.karat.cli.Main", manifest.getValue(Attributes.Name.MAIN_CLASS));
  }

  /**
   * Checks with jdeps, which also shows that shaded libraries are referenced by their new names.
   */
  @Test
  void needsNothingButItselfSparkAndJava() throws IOException {
    StringWriter missing = new StringWriter();
    PrintWriter writer = new PrintWriter(missing);
    String spark = Files.readString(Path.of("target/spark.classpath")).strip();

    int ended =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                writer,
                writer,
                "--multi-release",
                "base",
                "--missing-deps",
                "-cp",
                spark,
                JAR + "");

    assertEquals("", missing.toString());
    assertEquals(0, ended);
  }

  @Test
  void namesOnlyServicesThatItHolds() throws IOException {
    for (String service : names().filter(name -> name.startsWith(SERVICES)).toList()) {
      for (String line : text(service).lines().map(PackagedJarIT::withoutRemark).toList()) {
        String provider = line.replace('.', '/') + ".class";
        assertTrue(line.isEmpty() || jar.getJarEntry(provider) != null, service + ": " + line);
      }
    }
  }

  @Test
  void keepsTheLicenceOfEveryLibraryThatItMoved() throws IOException {
    Set<String> libraries = new TreeSet<>();
    names()
        .filter(name -> name.startsWith(SHADED))
        .forEach(name -> libraries.add(name.substring(SHADED.length()).replaceAll("/.*", "")));
    String licences = text("META-INF/THIRD-PARTY-LICENSES.txt");

    assertTrue(libraries.contains("picocli"), libraries::toString);
    for (String library : libraries) {
      assertTrue(Pattern.compile("(?m)^  " + library + " ").matcher(licences).find(), library);
    }
  }

  @Test
  void carriesItsOwnLicenceAndItsNotice() throws IOException {
    for (String file : List.of("LICENSE", "NOTICE")) {
      assertEquals(Files.readString(Path.of(file)), text("META-INF/" + file), file);
    }
    assertTrue(
        text("META-INF/THIRD-PARTY-LICENSES.txt").contains("PostgreSQL Global Development Group"));
  }

  private static String withoutRemark(String line) {
    return line.replaceAll("#.*", "").strip();
  }

  private static boolean is(Pattern kind, String name) {
    return kind.matcher(name).matches();
  }

  private static Stream<String> names() {
    return jar.stream().filter(entry -> !entry.isDirectory()).map(JarEntry::getName);
  }

  private static String text(String name) throws IOException {
    try (InputStream bytes = jar.getInputStream(jar.getJarEntry(name))) {
      return new String(bytes.readAllBytes(), UTF_8);
    }
  }
}
