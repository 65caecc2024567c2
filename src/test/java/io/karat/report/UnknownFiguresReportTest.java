package io.karat.report;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of figures that are unknown for some customers, or for all, and of reasons to look. */
@ExtendWith(LocalSpark.class)
class UnknownFiguresReportTest {
  private static final String CUSTOMER =
      "%s | false | 90 | 80 | KEY | 0.015 | %s | GOLD | GOLD | ACTIVE | ACTIVE | false | 0.99 |"
          + " %s |\n";

  private final SparkSession spark;
  @TempDir private Path folder;

  UnknownFiguresReportTest(SparkSession spark) {
    this.spark = spark;
  }

  /** What is known of nobody, as expected sales without a model, is not shown as 0. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''      | ''   | ''",
        " 130.00 | ''   | Value at risk: 130 GBP",
        " ''     | 0.00 | Expected gross sales: 0 GBP",
        " 130.00 | 9100 | Value at risk: 130 GBP, Expected gross sales: 9,100 GBP",
      })
  void aFigureThatIsKnownOfNobodyIsLeftOut(String risk, String expected, String shown)
      throws IOException {
    String customers =
        CUSTOMER.formatted("ann", risk, expected) + CUSTOMER.formatted("bob", "", "");

    String page =
        HandMadeRelease.at(spark, folder, Map.of("customer_value", customers)).report(Language.EN);

    assertEquals(shown, String.join(", ", figures(page).toList()));
  }

  /** Nobody has a sales trend, so profit has all of the weight. */
  @Test
  void theCaptionOfAPyramidNamesNoIndicatorThatIsUnknownOfEverybody() throws IOException {
    String indicators =
        """
        ann | 5 | 12 | 9000.00 | 8800.00 | 2100.50 | 20000.00 |  | 0.00
        bob | 5 | 12 | 9000.00 | 8800.00 | 2100.50 | 20000.00 |  | 0.00
        """;

    String page =
        HandMadeRelease.at(spark, folder, Map.of("customer_indicators", indicators))
            .report(
                Language.EN,
                "pyramids.profit.weights={profit_365d: 60, sales_trend_365d: 40}",
                "pyramids.profit.missing=skip");

    assertEquals(
        "Gold: 1 customer, 20.0 % of those ranked, with 88.0 % of their net sales. Ranked by"
            + " profit (last 365 days). Unknown for every customer, so without weight: sales trend"
            + " (last 365 days).",
        found(page, "<p class=\"says\">(Gold:.*?)</p>"));
  }

  @Test
  void levelsAreDefinedInWords() throws IOException {
    String definitions =
        """
        top share 0.05     | the best 5 % | 最好的 5%
        top value share 0.8 | those with the largest values, who make 80 % of net sales (last 365 days) | 按数值从大到小，合计占净销售额（最近 365 天）的 80% 的客户
        top value share 0.8 of profit_365d | those with the largest values, who make 80 % of profit (last 365 days) | 按数值从大到小，合计占利润（最近 365 天）的 80% 的客户
        from 100000        | from 100,000 GBP on | 100,000 GBP 及以上
        everybody else     | all others     | 其余客户
        """;
    StringBuilder tiers = new StringBuilder();
    for (String definition : cells(definitions, 0)) {
      String tier = tiers.isEmpty() ? "LARGE | Large | 大" : "OTHER | Other | 其他";
      tiers.append(
          "customer_class | %s | 1 | %s | 70 | 1 | 0.2 | 8800.00 | 0.88 | net_sales_amount_365d\n"
              .formatted(tier, definition));
    }
    HandMadeRelease release = HandMadeRelease.at(spark, folder, Map.of("tiers", tiers.toString()));
    String english = release.report(Language.EN);

    assertEquals(
        String.join("; ", cells(definitions, 1)),
        found(english, "data-head=\"Definition\">(.*?)</td>"));
    assertEquals(
        String.join("; ", cells(definitions, 2)),
        found(release.report(Language.ZH), "data-head=\"定义\">(.*?)</td>"));
    assertEquals(
        "Large: 1 customer, 20.0 % of those ranked, with 88.0 % of their net sales. Ranked by net"
            + " sales (last 365 days).",
        found(english, "<p class=\"says\">(Large:.*?)</p>"));
  }

  private static List<String> cells(String rows, int column) {
    return rows.lines().map(row -> row.split("\\|", -1)[column].strip()).toList();
  }

  /**
   * Five customers bring 10,000, so an amount below 200 is no reason, nor is one that is below 1 %
   * of the customer's own net sales.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LAPSED | 1.000 |  9000.00 | 0.135 |   0.03 | Counts as having left (Lapsed), with"
            + " 9,000.00 GBP at risk; the probability of a purchase in the next 365 days is 13.5 %.",
        "LAPSED | 1.000 |  9000.00 | ''    |   0.03 | Counts as having left (Lapsed): 9,000.00 GBP"
            + " is at risk.",
        "ACTIVE | 0.800 |  9000.00 | 0.135 | 210.00 | With an expected churn of 80.0 %, 9,000.00 GBP"
            + " is at risk. May not come back: the probability of a purchase in the next 365 days is"
            + " 13.5 %. 210.00 GBP is overdue.",
        "ACTIVE | 0.400 |    40.00 | 0.990 | 199.00 | ''",
        "ACTIVE | 0.015 |   150.00 | 0.990 | 200.00 | 200.00 GBP is overdue.",
      })
  void reasonsToLookAtACustomerDoNotContradictEachOther(
      String stage, String churn, String risk, String purchase, String overdue, String reasons)
      throws IOException {
    String indicators =
        """
        ann | 5 | 12 | 10000.00 | 10000.00 | 2100.50 | 20000.00 |  | %s
        bob | 5 | 12 | 10000.00 | 10000.00 | 2100.50 | 20000.00 |  | 0.00
        """;
    String values =
        """
        ann | false | 90 | 80 | KEY | %s | %s | GOLD | GOLD | %s | %s | false | %s | |
        bob | false | 90 | 80 | KEY |  |  | GOLD | GOLD | ACTIVE | ACTIVE | false | 0.99 | |
        """;

    String page =
        HandMadeRelease.at(
                spark,
                folder,
                Map.of(
                    "customer_indicators",
                    indicators.formatted(overdue),
                    "customer_value",
                    values.formatted(churn, risk, stage, stage, purchase)))
            .report(Language.EN);

    assertEquals(
        reasons, found(page, "<tr><td[^>]*>ann</td><td[^>]*>[^<]*</td><td[^>]*>(.*?)</td></tr>"));
  }

  private static String found(String page, String sentence) {
    return Pattern.compile(sentence, Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(it -> it.group(1).replace('\u00a0', ' '))
        .collect(joining("; "));
  }

  private static Stream<String> figures(String page) {
    return Pattern.compile(
            "<p class=\"name\">(.*?)</p>\\s*<p class=\"value\">(.*?)</p>", Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(it -> it.group(1) + ": " + it.group(2).replace('\u00a0', ' '))
        .filter(it -> it.startsWith("Value at risk") || it.startsWith("Expected gross"));
  }
}
