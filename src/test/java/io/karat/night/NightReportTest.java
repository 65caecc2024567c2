package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.publishing.Release;
import io.karat.report.HtmlReport;
import io.karat.report.RunRecord;
import io.karat.run.UsageException;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Language;
import io.karat.settings.yaml.Problems;
import io.karat.testing.LocalSpark;
import io.karat.testing.SilentProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the report of a night without models, in its release and rendered again. */
@ExtendWith(LocalSpark.class)
class NightReportTest {
  @TempDir private static Path folder;
  private static ToyFirm firm;
  private static NightPlan plan;
  private static String page;
  private static String customers;

  @BeforeAll
  static void publish(SparkSession spark) throws IOException {
    firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | ann    | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | =1+1   | 2026-03-01 09:00:00 | 30.00 | SALE
                s3 | o"x, y | 2026-03-01 09:00:00 | 20.00 | SALE
                """);
    Problems problems = new Problems();
    plan =
        NightPlan.of(
            ConfigurationReader.read(
                "toy.yaml",
                firm.configuration().replace(ToyFirm.REPORT_OFF, ""),
                Map.of(),
                List.of("output.report={rows: 2}"),
                problems),
            problems);
    problems.throwIfAny();
    NightJob job =
        new NightJob(
            spark, plan, SilentProgress.INSTANCE, new RunRecord("run", ToyFirm.NOON), firm.clock());
    NightResult night = job.run(LocalDate.parse("2026-03-01"), false);
    Path release = firm.output().resolve(night.path());
    page = Files.readString(release.resolve(HtmlReport.FILE));
    customers = Files.readString(release.resolve(HtmlReport.CUSTOMERS));
  }

  @Test
  void theSameReportIsMadeAgain(SparkSession spark) throws IOException {
    PublishedReport again = new PublishedReport(spark, plan, firm.out());
    Release live = again.release(Optional.empty());

    assertEquals(page, again.page(live, Language.EN));
    assertTrue(again.page(live, Language.ZH).contains("lang=\"zh-CN\""));
  }

  /** A spreadsheet takes no id for a formula, and finds each in one cell. */
  @Test
  void allCustomersAreInAFileBesideAPageThatListsTwo() {
    assertTrue(page.contains("<a href=\"customers.csv\" download>"), page);
    assertEquals(
        """
        \uFEFF"Id","Net sales (all time)","Recency, days","Reasons"
        '=1+1,30.00,0,
        "o""x, y",20.00,0,
        ann,10.00,0,
        """
            .replace("\n", "\r\n"),
        customers);
  }

  @Test
  void aRunThatIsNotThereIsRefused(SparkSession spark) throws IOException {
    PublishedReport again = new PublishedReport(spark, plan, firm.out());

    assertEquals(
        "No release has the run id 'nonsense'. See karat status.",
        assertThrows(UsageException.class, () -> again.release(Optional.of("nonsense")))
            .getMessage());
  }

  @Test
  void theIndexListsTheNightAndFollowsTheOutput() throws IOException {
    String path = firm.out().head().releases().get(0).path();
    Path index = firm.output().resolve("index.html");
    String link = "<a href=\"%s/report.html\">2026-03-01</a> <strong>live</strong>".formatted(path);
    assertTrue(Files.readString(index).contains(link));
    assertTrue(firm.out().status().strangers().isEmpty());

    Files.delete(index);
    assertEquals(Optional.empty(), new PublishedIndex(plan, firm.out()).write());
    assertTrue(Files.readString(index).contains(link));
    Files.delete(index);
    Files.createDirectory(index);
    Files.createFile(index.resolve("kept"));
    String warning = new PublishedIndex(plan, firm.out()).write().orElse("");
    Files.delete(index.resolve("kept"));
    Files.delete(index);

    assertTrue(
        warning.startsWith("index.html, the list of all nights, could not be written (")
            && warning.endsWith("). The next night writes it."),
        warning);
    assertEquals(Optional.empty(), new PublishedIndex(firm.plan(), firm.out()).write());
    assertFalse(Files.exists(index));
    new PublishedIndex(plan, firm.out()).write();
  }

  @Test
  void withoutMovementNobodyIsSaidToHaveStayed() {
    assertTrue(page.contains("Moves of customers are not counted: movement is switched off."));
    assertFalse(page.contains("No customer moved"));
  }

  @Test
  void everyPictureThatIsLeftOutSaysWhy() {
    assertEquals(
        List.of(
            "No pyramid: classes and tiers are switched off, or the inputs they need are not"
                + " mapped.",
            "No heat map: RFM is switched off, or the inputs it needs are not mapped.",
            "No quadrants: the scorecard is switched off, or the inputs it needs are not mapped.",
            "No segments: clustering is switched off, the inputs it needs are not mapped, or there"
                + " are too few customers to fit a model.",
            "No movement: movement is switched off.",
            "No lifecycle: its label is switched off, or the inputs it needs are not mapped.",
            "No forecast: lifetime value is switched off, or transactions are not mapped.",
            "No coverage: no category, flag or channel is mapped.",
            "No customer needs attention on this night."),
        Pattern.compile("<p class=\"lacks\">(.*?)</p>")
            .matcher(page)
            .results()
            .map(it -> it.group(1))
            .filter(it -> it.startsWith("No "))
            .toList());
  }
}
