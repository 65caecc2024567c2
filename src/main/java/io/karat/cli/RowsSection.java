package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.CustomerRows;
import io.karat.input.InputBalance;
import io.karat.input.InputBalance.Term;
import io.karat.input.QuarantineReason;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.util.ArrayList;
import java.util.List;

/** Section on the customer's rows by outcome, one line per input. */
record RowsSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    List<String> lines = new ArrayList<>();
    lines.add(new BilingualText("Rows that name the customer", "该客户的数据行").in(language));
    for (CustomerRows rows : customer.inputs()) {
      lines.add("  " + line(rows));
      rows.quarantined().forEach((reason, count) -> lines.add("    " + line(reason, count)));
    }
    return lines;
  }

  private String line(CustomerRows rows) {
    InputBalance balance = rows.balance();
    List<String> terms = new ArrayList<>();
    add(terms, balance.used(), new BilingualText("%s used", "使用 %s"));
    add(terms, balance.excluded(), new BilingualText("%s excluded by 'where'", "被 where 排除 %s"));
    add(terms, balance.afterAsOf(), new BilingualText("%s after the as-of day", "晚于统计日 %s"));
    add(terms, balance.quarantined(), new BilingualText("%s quarantined", "隔离 %s"));
    add(terms, balance.duplicate(), new BilingualText("%s delivered again", "重复送达 %s"));
    BilingualText line = new BilingualText("%s: %s read, %s.", "%s：读取 %s，%s。");
    String all = String.join(new BilingualText(", ", "，").in(language), terms);
    return line.in(language).formatted(rows.input().tableName(), read(balance), all);
  }

  private static String read(InputBalance balance) {
    return ConsoleNumbers.text(balance.read().rows());
  }

  private void add(List<String> terms, Term term, BilingualText words) {
    if (term.rows() > 0) {
      terms.add(words.in(language).formatted(ConsoleNumbers.text(term.rows())));
    }
  }

  private String line(QuarantineReason reason, long rows) {
    return new BilingualText(
            "%s quarantined as %s: %s.".formatted(rows, reason.code(), reason.english()),
            "隔离 %s（%s）：%s。".formatted(rows, reason.code(), reason.chinese()))
        .in(language);
  }
}
