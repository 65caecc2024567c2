package io.karat;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests of the rules of the house that the sources themselves can show. */
class HouseRulesTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern QUESTION =
      Pattern.compile(
          "/\\*\\*\\s*(?:\\*\\s*)?(?:What|How|Where|Which|Who|Whether|Whoever|Why)\\b"
              + "(?:(?!\\*/).)*\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*"
              + "(?:public |private |protected |static |final |abstract |sealed )*"
              + "(?:class|record|interface|enum) (\\w+)",
          Pattern.DOTALL);
  private static final Pattern INTERNALS =
      Pattern.compile(
          "import (?:static )?org\\.apache\\.spark\\."
              + "(?:sql\\.(?:catalyst|execution|classic|internal)|unsafe|util|internal)");

  private static final Pattern SUPPRESSION = Pattern.compile("@SuppressWarnings");
  private static final Pattern BROAD_CATCH =
      Pattern.compile(
          "catch \\((?:final )?(?:[\\w.]+\\s*\\|\\s*)*(?:Exception|RuntimeException|Throwable)\\b");
  private static final Pattern UDF = Pattern.compile("\\budf\\(|\\bUDF\\d+\\b");
  private static final int MOST_LINES = 300;

  @Test
  void aTypeCommentBeginsWithTheNounThatTheTypeIs() {
    List<String> questions =
        sources().stream()
            .flatMap(file -> QUESTION.matcher(text(file)).results().map(it -> it.group(1)))
            .toList();

    assertEquals(List.of(), questions, "types whose comments open with a question word");
  }

  @Test
  void noSimpleNameStandsInTwoPackages() {
    Map<String, List<Path>> byName =
        sources().stream()
            .filter(file -> !file.endsWith("package-info.java"))
            .collect(groupingBy(file -> file.getFileName().toString()));
    byName.values().removeIf(files -> files.size() == 1);

    assertEquals(Map.of(), byName);
  }

  @Test
  void whatDependsOnAVersionOfSparkLiesInItsRooms() {
    Set<String> others =
        sources().stream()
            .filter(file -> !file.toString().matches(".*/(engine|expressions)/.*"))
            .filter(file -> INTERNALS.matcher(text(file)).find())
            .map(HouseRulesTest::name)
            .collect(toCollection(TreeSet::new));

    // They read rows of Spark as they lie in memory.
    assertEquals(Set.of("ContentHash", "CopyText", "PartLoad", "RunLoad", "ValueCounts"), others);
  }

  @Test
  void noWarningIsSuppressed() {
    assertEquals(Set.of(), having(SUPPRESSION));
  }

  @Test
  void onlyTheCommandLineCatchesWhatItDoesNotName() {
    Set<String> broad = having(BROAD_CATCH);
    broad.removeIf(name -> Files.exists(SOURCES.resolve("io/karat/cli/" + name + ".java")));

    assertEquals(Set.of(), broad);
  }

  @Test
  void aColumnIsAnExpressionAndNoFunctionOfTheUser() {
    // Series with as many terms as a customer needs are no expression of Spark.
    assertEquals(Set.of("LifetimeScore", "LifetimeScores"), having(UDF));
  }

  @Test
  void aFileHasAtMostThreeHundredLines() {
    Set<String> tooLong =
        sources().stream()
            .filter(file -> text(file).lines().count() > MOST_LINES)
            .map(HouseRulesTest::name)
            .collect(toCollection(TreeSet::new));

    assertEquals(Set.of(), tooLong);
  }

  private static Set<String> having(Pattern pattern) {
    return sources().stream()
        .filter(file -> pattern.matcher(text(file)).find())
        .map(HouseRulesTest::name)
        .collect(toCollection(TreeSet::new));
  }

  private static String name(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  private static List<Path> sources() {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }
}
