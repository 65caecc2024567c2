package io.karat.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reasons to look at customers, for a list of customers.
 *
 * @param accounts the rows of {@code key_accounts} by customer, the most at stake first
 * @param names the names of the reasons, each once
 * @param sentences the sentences so far that say why a reason holds, each once without its numbers
 */
record CustomerReasons(
    ReportData brief,
    Map<String, List<TableRow>> accounts,
    List<String> names,
    Map<String, Integer> sentences) {
  /** The place of a number in a sentence. */
  private static final String PLACE = "#";

  /** Numbers, also with separators, that are no part of a date or of a word. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w#.,-])[0-9]+(?:[.,][0-9]+)*(?![\\w#-]|[.,][0-9])");

  static CustomerReasons of(ReportData brief) {
    Map<String, List<TableRow>> accounts = new LinkedHashMap<>();
    brief.table(AccountTables.KEY_ACCOUNTS).stream()
        .sorted(
            Comparator.<TableRow, BigDecimal>comparing(it -> it.amount("at_stake_amount"))
                .reversed()
                .thenComparing(it -> it.word("reason")))
        .forEach(
            row ->
                accounts
                    .computeIfAbsent(row.word(Columns.CUSTOMER_ID), it -> new ArrayList<>())
                    .add(row));
    List<String> names =
        brief.table(AccountTables.KEY_ACCOUNTS).stream()
            .map(row -> name(brief, row))
            .distinct()
            .sorted()
            .toList();
    return new CustomerReasons(brief, accounts, names, new LinkedHashMap<>());
  }

  private static String name(ReportData brief, TableRow row) {
    return row.name("reason_name", brief.voice().language());
  }

  /**
   * Adds the numbers of a customer's reasons, and the sentences that say why they hold: each as the
   * number of its words in {@link #sentences}, then the numbers that stand in it.
   *
   * @return whether there are any
   */
  boolean add(ArrayNode values, String customer) {
    ArrayNode numbers = values.addArray();
    ArrayNode why = values.addArray();
    for (TableRow row : accounts.getOrDefault(customer, List.of())) {
      numbers.add(names.indexOf(name(brief, row)));
      addSentence(why.addArray(), row.word(brief.isChinese() ? "evidence_zh" : "evidence_en"));
    }
    return !numbers.isEmpty();
  }

  private void addSentence(ArrayNode sentence, String text) {
    List<String> numbers = new ArrayList<>();
    String words = text;
    if (!text.contains(PLACE)) {
      NUMBER.matcher(text).results().forEach(number -> numbers.add(number.group()));
      words = NUMBER.matcher(text).replaceAll(PLACE);
    }
    int known = sentences.size();
    sentence.add(sentences.computeIfAbsent(words, it -> known));
    numbers.forEach(sentence::add);
  }
}
