package io.karat.cli;

import static io.karat.settings.Translations.text;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedAllocation;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Section on the effort that is proposed for the customer, one table for each resource. */
record ExplainedAllocationSection(Language language) implements ExplainSection {
  @Override
  public List<String> lines(CustomerExplanation customer) {
    List<String> lines = new ArrayList<>();
    for (ExplainedAllocation allocation : customer.allocations()) {
      lines.add(text(language, "explain.allocation", allocation.resource()));
      ConsoleTable values =
          new ConsoleTable(text(language, "explain.column"), text(language, "explain.value"));
      allocation
          .values()
          .forEach((column, value) -> value.ifPresent(it -> values.row(column, cell(it))));
      values.lines().forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private static Object cell(Object value) {
    return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value;
  }
}
