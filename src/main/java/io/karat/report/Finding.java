package io.karat.report;

import io.karat.settings.BilingualText;
import io.karat.settings.Output;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Finding of a night: what changed or what is at stake, in a sentence, and how much money it is
 * about.
 *
 * @param code the kind of finding
 * @param subject the code of the class or tier that it is about; may be empty
 * @param customers the number of customers that it is about
 * @param amount by which findings are ranked
 * @param isCompared whether it compares with the previous night
 * @param list the query that lists the customers
 * @param ids some of these customers, those with the most money first
 * @param names the same customers by name, or by id where no name is known
 * @param comparison what it is compared with
 */
public record Finding(
    String code,
    String subject,
    long customers,
    BigDecimal amount,
    boolean isCompared,
    String list,
    List<String> ids,
    List<String> names,
    BilingualText message,
    BilingualText comparison) {
  public Finding {
    ids = List.copyOf(ids);
    names = List.copyOf(names);
  }

  /** The same finding with some of its customers. */
  Finding naming(List<String> found, List<String> called) {
    return new Finding(
        code, subject, customers, amount, isCompared, list, found, called, message, comparison);
  }

  /** Its largest customers as far as a report may show them, by name or by id. */
  public List<String> shown(Optional<Output.Report> report) {
    boolean hasIds = report.map(Output.Report::ids).orElse(true);
    boolean hasNames = report.map(Output.Report::names).orElse(true);
    if (!hasIds) {
      return List.of();
    }
    return hasNames ? names : ids;
  }
}
