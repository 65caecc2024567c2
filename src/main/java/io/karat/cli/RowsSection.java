package io.karat.cli;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.CustomerRows;
import io.karat.input.InputBalance;
import io.karat.input.InputBalance.Term;
import io.karat.input.QuarantineReason;
import io.karat.settings.Language;
import io.karat.settings.Phrase;
import java.util.ArrayList;
import java.util.List;

/** What became of the customer's rows, a line per input. */
record RowsSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    List<String> lines = new ArrayList<>();
    lines.add(new Phrase("Rows that name the customer", "该客户的数据行").in(language));
    for (CustomerRows rows : customer.inputs()) {
      lines.add("  " + line(rows));
      rows.quarantined().forEach((reason, count) -> lines.add("    " + line(reason, count)));
    }
    return lines;
  }

  private String line(CustomerRows rows) {
    InputBalance balance = rows.balance();
    List<String> terms = new ArrayList<>();
    add(terms, balance.used(), new Phrase("%s used", "使用 %s"));
    add(terms, balance.excluded(), new Phrase("%s excluded by 'where'", "被 where 排除 %s"));
    add(terms, balance.afterAsOf(), new Phrase("%s after the as-of day", "晚于统计日 %s"));
    add(terms, balance.quarantined(), new Phrase("%s quarantined", "隔离 %s"));
    add(terms, balance.duplicate(), new Phrase("%s delivered again", "重复送达 %s"));
    Phrase line = new Phrase("%s: %s read, %s.", "%s：读取 %s，%s。");
    String all = String.join(new Phrase(", ", "，").in(language), terms);
    return line.in(language).formatted(rows.input().tableName(), read(balance), all);
  }

  private static String read(InputBalance balance) {
    return Figures.text(balance.read().rows());
  }

  private void add(List<String> terms, Term term, Phrase words) {
    if (term.rows() > 0) {
      terms.add(words.in(language).formatted(Figures.text(term.rows())));
    }
  }

  private String line(QuarantineReason reason, long rows) {
    return new Phrase(
            "%s quarantined as %s: %s.".formatted(rows, reason.code(), reason.english()),
            "隔离 %s（%s）：%s。".formatted(rows, reason.code(), reason.chinese()))
        .in(language);
  }
}
