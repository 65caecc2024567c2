package io.karat.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reasons to look at customers, for a list of customers.
 *
 * @param accounts the rows of {@code key_accounts} by customer, the most at stake first
 * @param names the names of the reasons, each once
 */
record CustomerReasons(ReportData brief, Map<String, List<TableRow>> accounts, List<String> names) {
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
    return new CustomerReasons(brief, accounts, names);
  }

  private static String name(ReportData brief, TableRow row) {
    return row.name("reason_name", brief.voice().language());
  }

  /**
   * Adds the numbers of a customer's reasons, and the sentences that say why they hold.
   *
   * @return whether there are any
   */
  boolean add(ArrayNode values, String customer) {
    ArrayNode numbers = values.addArray();
    ArrayNode sentences = values.addArray();
    for (TableRow row : accounts.getOrDefault(customer, List.of())) {
      numbers.add(names.indexOf(name(brief, row)));
      sentences.add(row.word(brief.isChinese() ? "evidence_zh" : "evidence_en"));
    }
    return !numbers.isEmpty();
  }
}
