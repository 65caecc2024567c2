package io.karat.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Benchmark of pages in a browser: how soon each is loaded and shows the rows of its table. */
final class ReportBenchmark {
  private static final int ROUNDS = 7;

  /** Notes when the table of customers has rows, in milliseconds from the start of navigation. */
  private static final String NOTES =
      """
      new MutationObserver((changes, watch) => {
        if (document.querySelector('.tabulator-row')) {
          window.rowsShown = performance.now();
          watch.disconnect();
        }
      }).observe(document, {childList: true, subtree: true});
      """;

  private static final String TIMES =
      """
      new Promise(done => {
        const look = () => window.rowsShown || !document.getElementById('customer-grid')
            ? done({load: performance.getEntriesByType('navigation')[0].loadEventEnd, rows: window.rowsShown || 0})
            : setTimeout(look, 20);
        look();
      })
      """;

  private ReportBenchmark() {}

  public static void main(String[] pages) throws IOException {
    Path profile = Files.createTempDirectory("profile").resolve("chromium");
    try (Chromium browser =
        Chromium.start(
            Chromium.installed().orElseThrow(() -> new IOException("There is no Chromium.")),
            Files.createDirectories(profile))) {
      browser.screen(1280, 900, false);
      browser.beforeEachPage(NOTES);
      browser.countWork();
      for (String page : pages) {
        measure(browser, Path.of(page).toAbsolutePath());
      }
    }
  }

  private static void measure(Chromium browser, Path page) throws IOException {
    List<Integer> loaded = new ArrayList<>();
    List<Integer> shown = new ArrayList<>();
    List<Integer> worked = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      browser.open(page);
      JsonNode times = browser.evaluate(TIMES);
      loaded.add(times.path("load").asInt());
      shown.add(times.path("rows").asInt());
      worked.add(browser.worked());
    }
    System.out.printf(
        Locale.ROOT,
        "%s: %,d bytes; load event after %s ms, first rows after %s ms, %s ms of a processor (%d rounds: first, median and slowest)%n",
        page,
        Files.size(page),
        spread(loaded),
        spread(shown),
        spread(worked),
        ROUNDS);
    browser.complaints().forEach(System.out::println);
  }

  private static String spread(List<Integer> times) {
    List<Integer> sorted = times.stream().sorted().toList();
    return "%d, %d and %d".formatted(times.get(0), sorted.get(ROUNDS / 2), sorted.get(ROUNDS - 1));
  }
}
