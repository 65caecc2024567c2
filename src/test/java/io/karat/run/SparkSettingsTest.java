package io.karat.run;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf$;
import org.apache.spark.sql.internal.StaticSQLConf$;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that every SQL setting of Spark is either set or free for a reason, and that what is set
 * holds against a cluster.
 */
@Tag("spark-4.1")
class SparkSettingsTest {
  private static final Path PAGE = Path.of("docs/spark-settings.md");
  private static final ZoneId ZONE = ZoneId.of("UTC");

  /** The names of an item, up to the colon before its reason. */
  private static final Pattern ITEM = Pattern.compile("(?m)^- ((?:`[^`]+`[,\\s]*)+):\\s+[^`\\s]?");

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  @Test
  void everySettingOfSparkIsSetOrFreeForAReason() throws Exception {
    Set<String> unexplained = new TreeSet<>(entries().keySet());
    unexplained.removeAll(SessionSettings.of(ZONE).keySet());
    List<Pattern> free = free().stream().map(SparkSettingsTest::pattern).toList();
    unexplained.removeIf(name -> free.stream().anyMatch(it -> it.matcher(name).matches()));

    assertEquals(Set.of(), unexplained, "settings of this Spark that nobody has looked at");
  }

  @Test
  void thePageNamesNoSettingThatThisSparkDoesNotHave() throws Exception {
    Collection<String> names = entries().keySet();
    Set<String> strange = new TreeSet<>(SessionSettings.of(ZONE).keySet());
    strange.removeAll(names);
    free().stream()
        .filter(it -> names.stream().noneMatch(pattern(it).asMatchPredicate()))
        .forEach(strange::add);

    assertEquals(Set.of(), strange);
  }

  @Test
  void thePageHasWhatIsSetWithItsValues() throws IOException {
    Map<String, String> listed =
        names()
            .filter(name -> name.contains("="))
            .map(name -> name.replace("{time_zone}", ZONE.getId()).split("=", 2))
            .collect(toMap(name -> name[0], name -> name[1]));

    assertEquals(new TreeMap<>(SessionSettings.of(ZONE)), new TreeMap<>(listed));
  }

  @Test
  void nothingThatIsSetIsCalledFree() throws IOException {
    List<Pattern> free = free().stream().map(SparkSettingsTest::pattern).toList();
    List<String> contradictions =
        SessionSettings.of(ZONE).keySet().stream()
            .filter(name -> free.stream().anyMatch(it -> it.matcher(name).matches()))
            .sorted()
            .toList();

    assertEquals(List.of(), contradictions);
  }

  /** A new default of Spark is noticed here, and the page says which values differ from one. */
  @Test
  void valuesAreThoseOfSparkWhereThePageSaysSo() throws Exception {
    Map<String, ConfigEntry<?>> entries = entries();
    String page = Files.readString(PAGE);
    String other = page.substring(page.indexOf("## Set to another value"));
    Set<String> listed =
        names(other)
            .filter(name -> name.contains("="))
            .map(name -> name.split("=", 2)[0])
            .collect(toCollection(TreeSet::new));
    // The default of the time zone is that of the machine.
    Set<String> different = new TreeSet<>(Set.of("spark.sql.session.timeZone"));
    Map<String, String> settings = SessionSettings.of(ZONE);
    entries.forEach(
        (name, entry) -> {
          String value = settings.get(name);
          if (value != null && !value.equals(entry.defaultValueString())) {
            different.add(name);
          }
        });

    assertEquals(different, listed);
  }

  @ParameterizedTest
  @ExtendWith(LocalSpark.class)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          spark.sql.files.ignoreCorruptFiles            | true    | false
          spark.sql.files.ignoreMissingFiles            | true    | false
          spark.sql.parquet.int96TimestampConversion    | true    | false
          spark.sql.legacy.parquet.nanosAsLong          | false   | true
          spark.sql.legacy.timeParserPolicy             | LEGACY  | CORRECTED
          spark.sql.decimalOperations.allowPrecisionLoss| false   | true
          spark.sql.mapKeyDedupPolicy                   | LAST_WIN| EXCEPTION
          spark.sql.session.timeZone                    | Asia/Tokyo | UTC
          """)
  void aDefaultOfTheClusterChangesNoResult(
      String name, String ofTheCluster, String value, SparkSession spark) {
    SparkConf submitted = new SparkConf(false).set(name, ofTheCluster);

    SparkSession session =
        SessionSettings.apply(ZONE, SparkSession.builder().config(submitted)).getOrCreate();

    assertEquals(value, session.conf().get(name));
    assertEquals(spark.sparkContext(), session.sparkContext(), "the session of all tests");
  }

  /** All entries; some exist only once somebody asks for them. */
  private static Map<String, ConfigEntry<?>> entries() throws ReflectiveOperationException {
    for (Object settings : List.of(StaticSQLConf$.MODULE$, SQLConf$.MODULE$)) {
      for (Method method : settings.getClass().getMethods()) {
        if (method.getParameterCount() == 0
            && ConfigEntry.class.isAssignableFrom(method.getReturnType())) {
          method.invoke(Modifier.isStatic(method.getModifiers()) ? null : settings);
        }
      }
    }

    Map<String, ConfigEntry<?>> entries = new TreeMap<>();
    SQLConf$.MODULE$.getConfigEntries().forEach(entry -> entries.put(entry.key(), entry));
    // Delta, which other tests load, adds its own.
    entries.keySet().removeIf(name -> name.startsWith("spark.databricks."));
    return entries;
  }

  private static Set<String> free() throws IOException {
    return names().filter(name -> !name.contains("=")).collect(toCollection(TreeSet::new));
  }

  private static Stream<String> names() throws IOException {
    return names(Files.readString(PAGE));
  }

  private static Stream<String> names(String text) {
    return ITEM.matcher(text)
        .results()
        .flatMap(item -> NAME.matcher(item.group(1)).results())
        .map((MatchResult name) -> name.group(1));
  }

  private static Pattern pattern(String name) {
    return Pattern.compile(
        name.endsWith("*")
            ? Pattern.quote(name.substring(0, name.length() - 1)) + ".*"
            : Pattern.quote(name));
  }
}
