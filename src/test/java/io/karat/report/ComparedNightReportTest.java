package io.karat.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of what a report says of moves, on 2026-03-01 with a night before on 2026-02-28. */
@ExtendWith(LocalSpark.class)
class ComparedNightReportTest {
  private static final String STAYED =
      "profit_tier | %d | 2026-02-28 | BASIC | Basic | 普通 | BASIC | Basic | 普通 | 4 | 1.0 | 0.5 |"
          + " 1.0 | 0.00 | 0.00 | 0.00 |  |\n";
  private static final String ROSE =
      "profit_tier | %d | 2026-02-28 | BASIC | Basic | 普通 | GOLD | Gold | 金 | 1 | 0.2 | 0.1 |"
          + " 0.5 | 0.00 | 0.00 | 0.00 |  |\n";

  private final SparkSession spark;
  @TempDir private Path folder;

  ComparedNightReportTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void nobodyMovedOnlyWhereNightsWereCompared() throws IOException {
    String page = report(STAYED.formatted(1));

    assertEquals("Changes since the night of 2026-02-28:\nNo customer moved.", changes(page));
    assertEquals(
        """
        No movement over 7 days: no night from 2026-02-19 to 2026-02-25 could be compared.
        No customer changed state since the night of 2026-02-28: Profit pyramid.\
        """,
        movement(page));
  }

  @Test
  void aNightWithOtherModelsIsNamedAndNotCompared() throws IOException {
    String page = report("");
    String nothing =
        "Nothing is compared: the night of 2026-02-28 has no customers, net sales or models in"
            + " common with this one.";

    assertEquals(nothing, changes(page));
    assertEquals(
        "No movement over 7 days: no night from 2026-02-19 to 2026-02-25 could be compared.\n"
            + nothing,
        movement(page));
  }

  /** A monthly schedule, whose previous night is also that of a month ago. */
  @Test
  void oneNightIsShownOnce() throws IOException {
    String page = report((STAYED + ROSE).formatted(1, 1) + (STAYED + ROSE).formatted(7, 7));

    assertEquals("Changes since the night of 2026-02-28:\nProfit pyramid: 1 up", changes(page));
    assertEquals(
        "Since the night of 2026-02-28 (1 day), 1 customer changed state (1 up) and 4 stayed. The"
            + " largest change is from Basic to Gold: 1 customer.",
        movement(page));
  }

  /** Customers without a tier on one of the two nights move neither up nor down. */
  @Test
  void customersWhoAreRankedNowOrNoLongerAreSaid() throws IOException {
    String ranked = ROSE.replace("BASIC | Basic | 普通", "unknown | Not ranked | 未参与排名");
    String unranked = ROSE.replace("GOLD | Gold | 金", "unknown | Not ranked | 未参与排名");
    String page = report((STAYED + ranked + unranked).formatted(1, 1, 1));

    assertEquals(
        "Changes since the night of 2026-02-28:\nProfit pyramid: 1 newly ranked, 1 no longer"
            + " ranked",
        changes(page));
    String node = "\"label\":\"Not ranked: 1\",\"side\":\"left\",\"palette\":\"rank\",\"color\":0";
    assertTrue(page.contains(node), "Not ranked has another color than grey");
  }

  private String report(String transitions) throws IOException {
    return HandMadeRelease.at(spark, folder, Map.of("transitions", transitions))
        .report(Language.EN, "movement.period_days=7");
  }

  private static String changes(String page) {
    return found(page, "<ul class=\"changes\">(.*?)</ul>", "<li>(.*?)</li>");
  }

  /** The sentences of the section on movement, and those on what it lacks. */
  private static String movement(String page) {
    return found(
        page, "<section id=\"movement\">(.*?)</section>", "<p class=\"(?:says|lacks)\">(.*?)</p>");
  }

  private static String found(String page, String part, String sentence) {
    String within =
        Pattern.compile(part, Pattern.DOTALL)
            .matcher(page)
            .results()
            .map(it -> it.group(1))
            .collect(joining());
    return Pattern.compile(sentence, Pattern.DOTALL)
        .matcher(within)
        .results()
        .map(it -> it.group(1).replace("\u00a0", " ").strip())
        .collect(joining("\n"));
  }
}
