package io.karat.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Findings of the night, with which the page opens.
 *
 * @param items the largest amount first
 */
record FindingSection(List<Item> items) {
  FindingSection {
    items = List.copyOf(items);
  }

  /**
   * Finding on the page.
   *
   * @param largest its largest customers in words; empty if they are unknown or not shown
   * @param link the section of the page that tells more
   */
  record Item(String message, String comparison, Optional<String> largest, String link) {}

  static FindingSection of(ReportData brief) {
    return new FindingSection(
        brief.table(AccountTables.FINDINGS.name()).stream()
            .sorted(Comparator.comparingInt(it -> it.whole("position")))
            .map(it -> item(brief, it))
            .toList());
  }

  private static Item item(ReportData brief, TableRow finding) {
    String language =
        switch (brief.voice().language()) {
          case EN -> "_en";
          case ZH -> "_zh";
        };
    return new Item(
        finding.word("message" + language),
        finding.word("comparison" + language),
        finding
            .text(brief.hasNames() ? "largest_customer_names" : "largest_customer_ids")
            .filter(it -> brief.hasIds())
            .map(it -> brief.say("findings.largest", it)),
        link(finding.word("finding")));
  }

  private static String link(String finding) {
    return switch (finding) {
      case "GAINED", "APPEARED", "NET_SALES" -> "movement";
      case "CONCENTRATION" -> "concentration";
      case "FIRST_LEVEL" -> "pyramid";
      default -> "accounts";
    };
  }
}
