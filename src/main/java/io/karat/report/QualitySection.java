package io.karat.report;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.karat.report.Section.View;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Section on the quality of the data: rows of every input by outcome, and results of the checks.
 */
record QualitySection(ReportData brief) {
  private static final String TABLE = "quality_results";
  private static final String BALANCE = "balance";
  private static final List<String> TERMS =
      List.of("read", "used", "excluded", "after_as_of", "quarantined", "duplicate");
  private static final List<String> STATUSES = List.of("refused", "warned", "passed", "off");

  Section section() {
    return new Section(
        "quality",
        brief.say("quality.title"),
        brief.say("quality.about"),
        List.of(rows(), checks()),
        List.of());
  }

  private View rows() {
    List<String> heads = new ArrayList<>(List.of(brief.say("head.input")));
    TERMS.forEach(term -> heads.add("#" + brief.say("rows." + term)));
    heads.add("#" + brief.say("head.amount_used"));
    HtmlTable.Builder grid = HtmlTable.of(heads.toArray(String[]::new));
    Map<String, Long> sums = new HashMap<>();
    for (Map.Entry<String, JsonNode> input : brief.run().path("inputs").properties()) {
      List<String> row = new ArrayList<>(List.of(input.getKey()));
      for (String term : TERMS) {
        long rows = input.getValue().path("rows_" + term).asLong();
        row.add(brief.numbers().count(rows));
        sums.merge(term, rows, Long::sum);
      }
      BigDecimal amount = input.getValue().path("amount_used").decimalValue();
      row.add(amount.signum() == 0 ? "" : brief.numbers().money(amount));
      grid.row(row.toArray(String[]::new));
    }
    return View.of(
            "quality-rows", brief.say("quality.rows"), says(sums), "quarantine_transactions", TABLE)
        .with(grid.open());
  }

  /** How many rows were used, and what became of the others. */
  private String says(Map<String, Long> sums) {
    List<String> sentences = new ArrayList<>();
    sentences.add(
        brief.say("quality.says_rows", rows(sums, TERMS.get(0)), rows(sums, TERMS.get(1))));
    String others =
        TERMS.stream()
            .skip(2)
            .filter(term -> sums.getOrDefault(term, 0L) > 0)
            .map(
                term ->
                    brief.say(
                        "quality.other",
                        brief.voice().within(brief.say("rows." + term)),
                        rows(sums, term)))
            .collect(joining(brief.say("comma")));
    if (!others.isEmpty()) {
      sentences.add(brief.say("quality.says_others", others));
    }
    return brief.voice().sentences(sentences);
  }

  private String rows(Map<String, Long> sums, String term) {
    return brief.numbers().count(sums.getOrDefault(term, 0L));
  }

  private View checks() {
    List<TableRow> checks =
        brief.table(TABLE).stream()
            .filter(it -> STATUSES.contains(it.word("status")))
            // What became of all rows is in the table of rows, and nothing that could fail.
            .filter(it -> !it.word("check_name").equals(BALANCE))
            .sorted(
                comparing((TableRow it) -> STATUSES.indexOf(it.word("status")))
                    .thenComparing(it -> it.word("check_name"))
                    .thenComparing(it -> it.word("table_name"))
                    .thenComparing(it -> it.word("metric")))
            .toList();
    HtmlTable.Builder grid =
        HtmlTable.of(
            brief.say("head.status"),
            brief.say("head.check"),
            brief.say("head.table"),
            brief.say("head.message"));
    checks.forEach(
        it ->
            grid.row(
                !it.word("status").equals("passed"),
                brief.say("status." + it.word("status")),
                it.word("check_name"),
                it.word("table_name"),
                brief.numbers().typeset(message(it))));
    return View.of(
            "quality-checks",
            brief.say("quality.checks"),
            brief.say(
                "quality.says_checks",
                brief.voice().counted("checks", checks.size()),
                count(checks, "warned"),
                count(checks, "refused")),
            TABLE)
        .with(grid.open());
  }

  private String message(TableRow check) {
    return switch (brief.voice().language()) {
      case EN -> check.word("message_en");
      case ZH -> check.word("message_zh");
    };
  }

  private String count(List<TableRow> checks, String status) {
    return brief
        .numbers()
        .count(checks.stream().filter(it -> it.word("status").equals(status)).count());
  }
}
