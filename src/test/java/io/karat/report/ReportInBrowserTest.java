package io.karat.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.karat.run.LowerCase;
import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of the report in a browser: every chart is drawn, nothing is clipped, and there are no
 * errors.
 */
@ExtendWith(LocalSpark.class)
class ReportInBrowserTest {
  /** Kinds of chart of the release, and of the page on levels, criteria and many customers. */
  private static final String KINDS = "bars,flows,heat,lift,lorenz,pairs,quadrant,stack";

  private static final String KINDS_OF_LEVELS = "bars,density,flows";

  /** The rules of accessibility that the page breaks, each with the first element that does. */
  private static final String ACCESSIBILITY =
      """
      axe.run('%s').then(found => found.violations.map(rule =>
        rule.id + ' ' + rule.nodes[0].target + ' ' + rule.nodes[0].failureSummary))
      """;

  /** Shows every chart of every section in turn, and collects the defects of each. */
  private static final String LOOK =
      """
      (() => {
        const wrong = [];
        const look = () => document.querySelectorAll('.chart').forEach(chart => {
          if (chart.offsetParent === null) { return; }
          const drawing = chart.querySelector('svg');
          if (!drawing || drawing.querySelectorAll('path').length < 3) {
            wrong.push(chart.id + ' is empty');
            return;
          }
          const box = drawing.getBoundingClientRect();
          drawing.querySelectorAll('text').forEach(text => {
            const at = text.getBoundingClientRect();
            if (at.left < box.left - 1 || at.right > box.right + 1
                || at.top < box.top - 1 || at.bottom > box.bottom + 1) {
              wrong.push(chart.id + ' clips ' + text.textContent);
            }
          });
          const data = JSON.parse(document.querySelector('[data-chart=' + chart.id + ']').textContent);
          const lines = [...drawing.querySelectorAll('text')].map(text => text.textContent);
          const nodes = (data.nodes || []).map(node => node.label);
          const names = data.kind === 'heat' ? [] : [...nodes, ...data.names || [], ...data.y || []];
          names.flatMap(name => name.split(/[ \\p{sc=Han}（），：；、“”]|-(?=[a-z])/u))
            .filter(word => word.length > 1 && word.length < 15 && !lines.some(line => line.includes(word)))
            .forEach(word => wrong.push(chart.id + ' breaks ' + word));
        });
        look();
        document.querySelectorAll('select').forEach(select => {
          for (const option of select.options) {
            select.value = option.value;
            select.dispatchEvent(new Event('change'));
            look();
          }
        });
        document.querySelectorAll('details').forEach(details => { details.open = true; });
        document.querySelectorAll('h1, h2, h3, p, li, td, th').forEach(element => {
          if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
              && getComputedStyle(element).display !== 'inline') {
            wrong.push('clipped: ' + element.textContent);
          }
        });
        document.querySelectorAll('td').forEach(cell => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          if (!cell.childElementCount && cell.textContent.length < 5 && range.getClientRects().length > 1) {
            wrong.push('broken word: ' + cell.textContent);
          }
        });
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
          if (text.parentNode.closest('p, li, td')) {
            for (const date of text.data.matchAll(/\\d{4}-\\d{2}-\\d{2}/g)) {
              const range = document.createRange();
              range.setStart(text, date.index);
              range.setEnd(text, date.index + 10);
              if (range.getClientRects().length > 1) { wrong.push('broken date: ' + text.data); }
            }
          }
        }
        if (document.documentElement.scrollWidth > innerWidth) { wrong.push('the page is too wide'); }
        return wrong;
      })()
      """;

  private static final String CRITERIA =
      """
      screening    | position | criterion    | by_column           | bound | bound_value | customer_count | passed_count | failed_count | unknown_count | failed_alone_count | failed_alone_net_sales_amount_365d | remaining_count | net_sales_amount_365d
      key_customer | 2        | power        | purchasing_power    | min   | 1062000     | 20             | 12           | 8            | 0             | 1                  | 90                                 | 4               | 250
      key_customer | 1        | satisfaction | satisfaction_365d   | min   | 4           | 20             | 5            | 9            | 6             | 0                  | 0                                  | 5               | 340
      """;

  /** Figures with a criterion whose name has a long number, and with many states of long names. */
  private static final Map<String, String> LONG_NAMES =
      HandMadeFigures.with(Map.of("screening_funnel", CRITERIA, "transitions", moves()));

  @TempDir private static Path folder;
  private static Optional<Chromium> started = Optional.empty();

  @BeforeAll
  static void start(SparkSession spark) throws IOException {
    Optional<Path> program = Chromium.installed();
    assumeTrue(
        program.isPresent(),
        "There is no Chromium on the path: install one, or name it with -Dkarat.chromium=PATH.");

    HandMadeRelease release = HandMadeRelease.at(spark, folder);
    for (Language language : Language.values()) {
      Files.writeString(page(language), release.report(language));
      Files.writeString(
          index(language), NightIndexTest.index("language=" + LowerCase.of(language)).html());
      ReportData brief = HandMadeFigures.brief(language, LONG_NAMES);
      Files.writeString(
          levels(language),
          new Page(brief, HeadlineSection.of(brief, List.of()), Optional.empty()).html());
    }
    started =
        Optional.of(
            Chromium.start(program.get(), Files.createDirectories(folder.resolve("profile"))));
  }

  /** As many customers move from each state to the next, but many more from the first. */
  private static String moves() {
    StringBuilder moves =
        new StringBuilder(
            "model | period_days | from_date | from_state | from_state_name | from_state_name_zh |"
                + " to_state | to_state_name | to_state_name_zh | customer_count\n");
    for (int state = 0; state < 9; state++) {
      String named = "S%1$d | Low value, less recent, infrequent %1$d | 低价值、较久未消费、低频 %1$d";
      moves
          .append("profit_tier | 30 | 2026-01-30 | ")
          .append(named.formatted(state))
          .append(" | ")
          .append(named.formatted(state + 1))
          .append(state == 0 ? " | 90\n" : " | 1\n");
    }
    return moves.toString();
  }

  @AfterAll
  static void stop() {
    started.ifPresent(Chromium::close);
  }

  @ParameterizedTest
  @CsvSource({"EN, 1280, false", "ZH, 1280, true", "EN, 390, true", "ZH, 390, false"})
  void everyPictureIsDrawnAndNothingIsClipped(Language language, int width, boolean isDark) {
    Chromium browser = started.orElseThrow();
    browser.screen(width, 900, isDark);
    browser.open(page(language));

    assertEquals("[]", browser.evaluate(LOOK).toString());
    assertEquals(KINDS, kinds(browser));
    assertEquals(
        1,
        browser
            .evaluate(
                "[...document.querySelectorAll('td')].filter(cell => cell.textContent === '%s').length"
                    .formatted(HandMadeRelease.WICKED))
            .asInt());
    assertEquals(
        6, browser.evaluate("document.querySelectorAll('script:not(.data)').length").asInt());
    assertEquals(List.of(), browser.complaints());
  }

  @ParameterizedTest
  @CsvSource({"EN, 1280, true", "ZH, 390, false"})
  void levelsCriteriaAndManyCustomersAreDrawn(Language language, int width, boolean isDark) {
    Chromium browser = started.orElseThrow();
    browser.screen(width, 900, isDark);
    browser.open(levels(language));

    assertEquals("[]", browser.evaluate(LOOK).toString());
    assertEquals(KINDS_OF_LEVELS, kinds(browser));
    assertEquals(List.of(), browser.complaints());
  }

  private static String kinds(Chromium browser) {
    return browser
        .evaluate(
            "[...new Set([...document.querySelectorAll('script.data')]"
                + ".map(data => JSON.parse(data.textContent).kind))].sort().join(',')")
        .asText();
  }

  /** Asks axe-core, on the whole page and on the card of a customer. */
  @ParameterizedTest
  @CsvSource({"EN, 1280, false", "ZH, 1280, true", "EN, 390, true", "ZH, 390, false"})
  void noRuleOfAccessibilityIsBroken(Language language, int width, boolean isDark)
      throws IOException {
    Chromium browser = started.orElseThrow();
    browser.screen(width, 900, isDark);
    browser.open(levels(language));
    browser.evaluate(axe());
    assertEquals("[]", browser.evaluate(ACCESSIBILITY.formatted("html")).toString());

    browser.open(page(language));
    browser.evaluate(axe());
    assertEquals("[]", browser.evaluate(ACCESSIBILITY.formatted("html")).toString());
    browser.evaluate("document.querySelector('.tabulator-row .name').click()");
    assertEquals("[]", browser.evaluate(ACCESSIBILITY.formatted("#customer-card")).toString());
  }

  /** The library that knows the rules. */
  private static String axe() throws IOException {
    try (InputStream in = ReportInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Searches, filters, opens a card and saves the list, as a reader does. */
  @ParameterizedTest
  @CsvSource({
    "EN, 1280, 1 of 5 customers, Profit pyramid: from Gold down to Basic",
    "ZH, 390, 1 / 5 位客户, 由金降至普通"
  })
  void customersAreFoundShownAndSaved(Language language, int width, String count, String reason) {
    Chromium browser = started.orElseThrow();
    browser.screen(width, 900, false);
    browser.open(page(language));

    assertEquals(
        count,
        browser
            .evaluate(
                """
                new Promise(done => {
                  const search = document.querySelector('#customer-tools input');
                  search.value = 'BO';
                  search.dispatchEvent(new Event('input'));
                  setTimeout(() => done(document.querySelector('.count').textContent), 600);
                })
                """)
            .asText());
    String card =
        browser
            .evaluate(
                """
                (() => {
                  document.querySelector('.tabulator-row .name').click();
                  const card = document.getElementById('customer-card');
                  return card.open + ' ' + card.textContent;
                })()
                """)
            .asText();
    assertTrue(card.startsWith("true") && card.contains("bob") && card.contains(reason), card);
    assertTrue(card.contains("40.0") && card.contains("260.10"), card);
    assertFalse(card.matches("(?s).*?([0-9.,]+) → \\1(?![0-9.,]).*"), card);
    assertFalse(language == Language.ZH && card.matches("(?s).*\\p{IsHan}:.*"), card);
    String saved =
        browser
            .evaluate(
                """
                new Promise(done => {
                  URL.createObjectURL = blob => { blob.text().then(done); return '#'; };
                  document.querySelector('#customer-tools .csv').click();
                })
                """)
            .asText();
    assertEquals(2, saved.strip().lines().count(), saved);
    assertTrue(saved.strip().lines().skip(1).allMatch(line -> line.startsWith("bob,")), saved);
    assertEquals(List.of(), browser.complaints());
  }

  /** The latest two nights stand side by side; a reader then chooses one that kept no figures. */
  @ParameterizedTest
  @CsvSource({
    "EN, 1280, Net sales (last 365 days) | 11 EUR | 21 EUR | +100.0 %, Net sales (last 365 days) | unknown | 21 EUR |",
    "ZH, 390, 净销售额（最近 365 天） | 11 EUR | 21 EUR | +100.0%, 净销售额（最近 365 天） | 未知 | 21 EUR |"
  })
  void twoNightsAreShownSideBySide(Language language, int width, String latest, String chosen) {
    Chromium browser = started.orElseThrow();
    browser.screen(width, 900, true);
    browser.open(index(language));

    String row =
        "[...document.querySelectorAll('#pairs tr')[1].children].map(it => it.textContent).join(' | ').trim()";
    assertEquals(latest, browser.evaluate(row).asText().replace('\u00a0', ' '));
    assertEquals(
        chosen,
        browser
            .evaluate(
                """
                (() => {
                  const first = document.getElementById('first');
                  first.value = '0';
                  first.dispatchEvent(new Event('change'));
                  return %s;
                })()
                """
                    .formatted(row))
            .asText()
            .replace('\u00a0', ' '));
    assertTrue(
        browser.evaluate("document.documentElement.scrollWidth <= innerWidth").asBoolean(),
        "the page is too wide");
    assertEquals(
        0,
        browser
            .evaluate("[...document.querySelectorAll('td')].filter(it => !it.dataset.head).length")
            .asInt(),
        "cells without the heading of their column");
    assertEquals(
        0,
        browser
            .evaluate(
                "[...document.querySelectorAll('.date')].filter(it => it.getClientRects().length > 1).length")
            .asInt(),
        "broken dates");
    assertTrue(browser.evaluate("document.querySelectorAll('.exact .date').length").asInt() > 1);
    assertEquals(List.of(), browser.complaints());
  }

  /** The value at risk fell from 4 to 3 EUR, as the rates of churn are others. */
  @ParameterizedTest
  @CsvSource({"EN, '−25.0 %, by other rates or another model'", "ZH, '−25.0%（流失率或模型不同）'"})
  void aFigureByAnotherRuleSaysSoBesideItsChange(Language language, String change) {
    Chromium browser = started.orElseThrow();
    browser.screen(1280, 900, false);
    browser.open(index(language));

    assertEquals(
        change,
        browser
            .evaluate("document.querySelectorAll('#pairs tr')[2].lastChild.textContent")
            .asText()
            .replace('\u00a0', ' '));
  }

  /** On paper charts are narrower and lower, and the names of their axes have to fit. */
  @ParameterizedTest
  @CsvSource({"EN", "ZH"})
  void nothingIsClippedOnPaper(Language language) {
    Chromium browser = started.orElseThrow();
    browser.screen(1280, 900, false);
    browser.open(page(language));
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");

    assertEquals("[]", browser.evaluate(LOOK).toString());
  }

  /** The names of many states have a line each on paper, where a chart is low. */
  @ParameterizedTest
  @CsvSource({"EN", "ZH"})
  void namesOfStatesDoNotOverlapOnPaper(Language language) {
    Chromium browser = started.orElseThrow();
    browser.screen(1280, 900, false);
    browser.open(levels(language));
    browser.evaluate("window.dispatchEvent(new Event('beforeprint'))");

    assertEquals(
        "[]",
        browser
            .evaluate(
                """
                (() => {
                  const names = [...document.querySelectorAll('#movement .chart text')];
                  const boxes = names.map(it => it.getBoundingClientRect());
                  return names.filter((name, i) => boxes.some((box, j) => j < i && box.left < boxes[i].right
                    && boxes[i].left < box.right && box.top + 3 < boxes[i].bottom && boxes[i].top + 3 < box.bottom))
                    .map(it => it.textContent);
                })()
                """)
            .toString());
  }

  /** A line that ends between 484.4 and 万 is read as another number. */
  @Test
  void aNumberAndItsUnitStayOnOneLineInChinese() throws IOException {
    Path said = folder.resolve("said.html");
    String sentence = "<p class=\"says\">";
    Files.writeString(
        said,
        Files.readString(page(Language.ZH))
            .replaceFirst(sentence, sentence + "价值最高的是“老客户”：484.4万\u00a0GBP，占全部的 54.6%。"));
    Chromium browser = started.orElseThrow();
    browser.screen(390, 900, false);
    browser.open(said);

    assertEquals(
        "484.4万 nowrap",
        browser
            .evaluate(
                """
                [...document.querySelectorAll('.says *')].filter(it => it.textContent.includes('万'))
                  .map(it => it.textContent + ' ' + getComputedStyle(it).whiteSpace).join()
                """)
            .asText());
  }

  /** Other days between the nights have no dates; the latest night has one. */
  @ParameterizedTest
  @CsvSource({"EN, 1280", "ZH, 390"})
  void theLifecycleHasTheDatesOfNights(Language language, int width) {
    Chromium browser = started.orElseThrow();
    browser.screen(width, 900, false);
    browser.open(page(language));

    assertEquals(
        "[[],true]",
        browser
            .evaluate(
                """
                (() => {
                  const drawn = [...document.querySelectorAll('script.data')]
                    .find(it => JSON.parse(it.textContent).kind === 'stack');
                  const nights = JSON.parse(drawn.textContent).x;
                  const dates = [...document.querySelectorAll('#' + drawn.dataset.chart + ' text')]
                    .map(it => it.textContent).filter(it => /^\\d{4}-\\d{2}-\\d{2}$/.test(it));
                  return [dates.filter(it => !nights.includes(it)), dates.includes(nights[nights.length - 1])];
                })()
                """)
            .toString());
  }

  @ParameterizedTest
  @CsvSource({"EN", "ZH"})
  void thePagePrints(Language language) {
    Chromium browser = started.orElseThrow();
    browser.screen(1280, 900, true);
    browser.open(page(language));

    byte[] paper = browser.printed();

    assertTrue(paper.length > 50_000, "The printed page has only %d bytes".formatted(paper.length));
    assertEquals(List.of(), browser.complaints());
  }

  private static Path index(Language language) {
    return folder.resolve("index-%s.html".formatted(language));
  }

  private static Path levels(Language language) {
    return folder.resolve("levels_%s.html".formatted(language));
  }

  private static Path page(Language language) {
    return folder.resolve("report_%s.html".formatted(language));
  }
}
