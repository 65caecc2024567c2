package io.karat.report;

import io.karat.report.Section.View;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Section on the customers to look at, with the reasons in words: for each reason in turn the
 * customer with the most at stake, until there are enough.
 */
record KeyAccountSection(ReportData brief) {
  private static final int MOST = 20;
  private static final String POSITION = "position";
  private static final String STAKE = "at_stake_amount";

  Section section() {
    List<View> views = new ArrayList<>();
    List<String> lacks = new ArrayList<>();
    Map<String, List<TableRow>> accounts = accounts();
    if (accounts.isEmpty()) {
      lacks.add(brief.say("accounts.lacks"));
    } else {
      views.add(view(accounts));
      if (!brief.hasIds()) {
        lacks.add(brief.say("accounts.without_ids"));
      }
    }
    return new Section(
        "accounts", brief.say("accounts.title"), brief.say("accounts.about"), views, lacks);
  }

  /** The rows of the customers to look at, by customer. */
  private Map<String, List<TableRow>> accounts() {
    List<TableRow> all =
        brief.table(AccountTables.KEY_ACCOUNTS).stream()
            .sorted(
                Comparator.<TableRow>comparingInt(it -> it.whole(POSITION))
                    .thenComparing(it -> it.amount(STAKE), Comparator.reverseOrder())
                    .thenComparing(it -> it.word(Columns.CUSTOMER_ID)))
            .toList();
    Map<String, List<TableRow>> chosen = new LinkedHashMap<>();
    all.stream()
        .map(it -> it.word(Columns.CUSTOMER_ID))
        .distinct()
        .limit(MOST)
        .forEach(id -> chosen.put(id, of(id, all)));
    return chosen;
  }

  /** The rows of a customer, the most at stake first. */
  private static List<TableRow> of(String customer, List<TableRow> all) {
    return all.stream()
        .filter(it -> it.word(Columns.CUSTOMER_ID).equals(customer))
        .sorted(Comparator.comparing(it -> it.amount(STAKE), Comparator.reverseOrder()))
        .toList();
  }

  private View view(Map<String, List<TableRow>> accounts) {
    boolean hasOwners = all(accounts).stream().anyMatch(it -> !owner(it).isEmpty());
    List<String> heads = new ArrayList<>();
    heads.add(brief.say(brief.hasIds() ? "head.customer" : "head.number"));
    if (hasOwners) {
      heads.add(brief.say("head.owner"));
    }
    heads.add("#" + brief.say("head.at_stake"));
    heads.add(brief.say("head.reasons"));
    HtmlTable.Builder grid = HtmlTable.of(heads.toArray(String[]::new));
    int number = 1;
    for (List<TableRow> account : accounts.values()) {
      List<String> row = new ArrayList<>();
      row.add(brief.hasIds() ? brief.customer(account.get(0)) : String.valueOf(number));
      if (hasOwners) {
        row.add(owner(account.get(0)));
      }
      row.add(brief.numbers().money(account.get(0).amount(STAKE)));
      row.add(brief.voice().sentences(reasons(account)));
      grid.row(row.toArray(String[]::new));
      number++;
    }
    return View.of(
            "accounts", brief.say("accounts.title"), says(accounts), AccountTables.KEY_ACCOUNTS)
        .with(grid.open());
  }

  private String owner(TableRow account) {
    return brief.hasNames() ? account.word(KeyAccountReasons.OWNER) : "";
  }

  private static List<TableRow> all(Map<String, List<TableRow>> accounts) {
    return accounts.values().stream().flatMap(List::stream).toList();
  }

  private String says(Map<String, List<TableRow>> accounts) {
    List<String> kinds =
        all(accounts).stream()
            .map(it -> brief.voice().within(it.name("reason_name", brief.voice().language())))
            .distinct()
            .toList();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        brief.say(
            "accounts.says",
            brief.voice().customers(accounts.size()),
            brief.voice().counted("accounts.kinds", kinds.size()),
            String.join(brief.say("comma"), kinds)));
    if (brief.hasIds()) {
      accounts.values().stream()
          .map(account -> account.get(0))
          .max(Comparator.comparing(it -> it.amount(STAKE)))
          .map(
              it ->
                  brief.say(
                      "accounts.most",
                      brief.customer(it),
                      brief.numbers().wholeMoney(it.amount(STAKE))))
          .ifPresent(sentences::add);
    }
    return brief.voice().sentences(sentences);
  }

  private List<String> reasons(List<TableRow> account) {
    return account.stream()
        .map(
            it ->
                it.word(
                    switch (brief.voice().language()) {
                      case EN -> "evidence_en";
                      case ZH -> "evidence_zh";
                    }))
        .toList();
  }
}
