package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.night.NightPlan;
import io.karat.report.KeptFigures.Figure;
import io.karat.report.KeptFigures.Level;
import io.karat.report.NightIndex.Night;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.yaml.Problems;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests of the page about all nights, of which the first kept no figures. */
class NightIndexTest {
  private static final KeptFigures FIGURES =
      new KeptFigures(
          LocalDate.parse("2026-02-01"),
          List.of(
              figure("card.customers", "customers", false, "1200", ""),
              figure("card.net_sales", "net_sales_amount_365d", true, "10.50", ""),
              figure("card.at_risk", "value_at_risk_amount", true, "4", "0.800 0.015")),
          List.of(
              new Level("customer_class", "LARGE", 3),
              new Level("profit_tier", "GOLD", 12),
              new Level("margin_tier", "GOLD", 7)),
          2);

  private static Figure figure(
      String card, String column, boolean isMoney, String value, String rule) {
    return new Figure(
        card,
        column,
        isMoney,
        new BigDecimal(value),
        Optional.of(rule).filter(it -> !it.isEmpty()));
  }

  static NightIndex index(String... sets) {
    Problems problems = new Problems();
    NightPlan plan =
        NightPlan.of(
            ConfigurationReader.read(
                "karat.yaml",
                """
                name: <i>toy</i>
                currency: EUR
                inputs:
                  transactions: {path: p, columns: {customer_id: a, transaction_time: b, amount: c}}
                """,
                Map.of(),
                List.of(sets),
                problems),
            problems);
    problems.throwIfAny();
    return new NightIndex(
        plan.settings(),
        plan.scores(),
        List.of(
            new Night(
                LocalDate.parse("2026-01-01"),
                "aa",
                1_100,
                false,
                Optional.empty(),
                Optional.empty()),
            new Night(
                LocalDate.parse("2026-02-01"),
                "bb",
                1_200,
                false,
                Optional.of("releases/bb/1-0a/report.html"),
                Optional.of(FIGURES)),
            new Night(
                LocalDate.parse("2026-02-05"),
                "cc",
                1_210,
                true,
                Optional.of("releases/cc/1-0b/report.html"),
                Optional.of(
                    new KeptFigures(
                        LocalDate.parse("2026-02-05"),
                        List.of(
                            figure("card.customers", "customers", false, "1210", ""),
                            figure("card.net_sales", "net_sales_amount_365d", true, "21.00", ""),
                            figure(
                                "card.at_risk", "value_at_risk_amount", true, "3", "0.460 0.000")),
                        FIGURES.levels(),
                        0)))));
  }

  @Test
  void everyNightIsListedWithItsFiguresAndItsReport() {
    String page = index().html();

    assertEquals(
        """
        <a href="releases/cc/1-0b/report.html">2026-02-05</a> <strong>live</strong>|1,210|21 EUR|3 EUR|12|0|<code>cc</code>
        <a href="releases/bb/1-0a/report.html">2026-02-01</a>|1,200|11 EUR|4 EUR|12|2|<code>bb</code>
        2026-01-01|1,100|||||<code>aa</code>
        """,
        Pattern.compile("(?s)<tr><th scope=\"row\">(.*?)</tr>")
            .matcher(page)
            .results()
            .map(it -> it.group(1).replaceAll("</t[hd]><td[^>]*>", "|").replace("</td>", ""))
            .map(it -> it.replace('\u00a0', ' ') + "\n")
            .collect(Collectors.joining()));
    assertTrue(page.contains("<th scope=\"col\" class=\"number\">Gold, Sales pyramid</th>"), page);
    assertTrue(page.contains("<p class=\"firm\">&lt;i&gt;toy&lt;/i&gt;</p>"));
    assertTrue(page.contains("3 nights"));
  }

  /** A phone shows a cell below the other, each with the heading of its column. */
  @Test
  void eachFigureSaysWhichDaysItIsAbout() {
    String page = index().html();

    assertTrue(page.contains("data-head=\"Net sales (last 365 days)\">21\u00a0EUR</td>"), page);
    assertTrue(page.contains("data-head=\"Customers\">1,210</td>"), page);
    assertTrue(page.contains("data-head=\"run\"><code>cc</code></td>"), page);
    assertTrue(
        index("language=zh").html().contains("data-head=\"净销售额（最近 365 天）\">21\u00a0EUR</td>"));
  }

  @Test
  void expectedSalesAreOfTheNextDays() {
    NightIndex all = index();
    KeptFigures kept =
        new KeptFigures(
            LocalDate.parse("2026-02-05"),
            List.of(
                figure("card.foreseen.sale", "expected_sales_amount_next_365d", true, "30", "11fe"),
                figure("card.active", "active", false, "7", "")),
            List.of(),
            0);
    Night night = all.nights().get(2);
    String page =
        new NightIndex(
                all.settings(),
                all.scores(),
                List.of(
                    new Night(night.asOf(), "cc", 9, true, Optional.empty(), Optional.of(kept))))
            .html();

    assertTrue(page.contains(">Expected gross sales (next 365 days)</th>"), page);
    assertTrue(page.contains(">Buying customers (last 365 days)</th>"), page);
  }

  /**
   * There were 1,100, 1,200 and 1,210 customers, the second night 31 days after the first of 35.
   */
  @Test
  void eachFigureHasItsTrend() {
    String page = index().html().replace('\u00a0', ' ');

    assertEquals(
        "0.00,22.00 88.57,3.82 100.00,2.00; 0.00,22.00 100.00,2.00; 0.00,2.00 100.00,22.00; 0.00,12 100.00,12; 0.00,2.00 100.00,22.00",
        Pattern.compile("points=\"(.*?)\"")
            .matcher(page)
            .results()
            .map(it -> it.group(1))
            .collect(Collectors.joining("; ")));
    assertTrue(page.contains("2026-02-01 to 2026-02-05: between 11 EUR and 21 EUR, 2 nights"));
  }

  @Test
  void theFirstNightHasNothingToCompareWith() {
    NightIndex all = index("language=zh");
    String page = new NightIndex(all.settings(), all.scores(), all.nights().subList(0, 1)).html();

    assertTrue(page.contains("目前只有一个批次，没有可作比较的批次。"));
    assertTrue(page.contains("lang=\"zh-CN\""));
    assertTrue(page.contains("1,100"));
    assertFalse(page.contains("<polyline"));
  }

  @Test
  void figuresAreReadAsTheyWereKept() {
    assertEquals(Optional.of(FIGURES), KeptFigures.parse(FIGURES.json()));
    assertEquals(Optional.empty(), KeptFigures.parse("{"));
    assertEquals(Optional.empty(), KeptFigures.parse("{}"));
    assertEquals(Optional.empty(), KeptFigures.parse(FIGURES.json().replace("10.50", "much")));
  }
}
