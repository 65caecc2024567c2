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
   * @param reason the reason by which the list of customers is filtered; empty if it is not
   */
  record Item(
      String message,
      String comparison,
      Optional<String> largest,
      String link,
      Optional<String> reason) {}

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
    Optional<String> reason = reason(brief, finding.word("finding"));
    return new Item(
        finding.word("message" + language),
        finding.word("comparison" + language),
        finding
            .text(brief.hasNames() ? "largest_customer_names" : "largest_customer_ids")
            .filter(it -> brief.hasIds())
            .map(
                it ->
                    Finding.largest(
                        finding.count("customer_count"),
                        Finding.listed(
                            it, finding.word("largest_customer_ids"), brief.voice().language()),
                        brief.voice().language())),
        reason.isPresent() ? "customers" : link(finding.word("finding")),
        reason);
  }

  /** The name of the reason that customers of a finding have, if the page lists any of them. */
  private static Optional<String> reason(ReportData brief, String finding) {
    String reason = finding.equals("LOST") ? KeyAccountReasons.MOVED_DOWN : finding;
    return brief.table(AccountTables.KEY_ACCOUNTS).stream()
        .filter(it -> CustomerGrid.of(brief).most() > 0 && it.word("reason").equals(reason))
        .map(it -> it.name("reason_name", brief.voice().language()))
        .findFirst();
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
