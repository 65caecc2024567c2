package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.CustomerRows;
import io.karat.input.InputBalance;
import io.karat.input.InputBalance.Term;
import io.karat.input.QuarantineReason;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.List;

/** Section on the customer's rows by outcome, one line per input. */
record RowsSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    List<String> lines = new ArrayList<>();
    lines.add(text(language, "explain.rows"));
    for (CustomerRows rows : customer.inputs()) {
      lines.add("  " + line(rows));
      rows.quarantined().forEach((reason, count) -> lines.add("    " + line(reason, count)));
    }
    return lines;
  }

  private String line(CustomerRows rows) {
    InputBalance balance = rows.balance();
    List<String> terms = new ArrayList<>();
    add(terms, "explain.used", balance.used());
    add(terms, "explain.excluded", balance.excluded());
    add(terms, "explain.after_as_of", balance.afterAsOf());
    add(terms, "explain.quarantined", balance.quarantined());
    add(terms, "explain.duplicate", balance.duplicate());
    return text(
        language,
        "explain.input_rows",
        rows.input().tableName(),
        read(balance),
        String.join(text(language, "explain.and"), terms));
  }

  private static String read(InputBalance balance) {
    return ConsoleNumbers.text(balance.read().rows());
  }

  private void add(List<String> terms, String key, Term term) {
    if (term.rows() > 0) {
      terms.add(text(language, key, ConsoleNumbers.text(term.rows())));
    }
  }

  private String line(QuarantineReason reason, long rows) {
    return text(language, "explain.quarantined_as", rows, reason.code(), reason.meaning());
  }
}
