package io.karat.report;

import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import io.karat.settings.Output;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
 * @param ids these customers as far as they are known, those with the most money first
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
  /** The largest number of customers that are named. */
  static final int NAMED = 3;

  /** What two numbers may differ by and still be nearly the same, as a part of the larger. */
  private static final BigDecimal SLIGHT = new BigDecimal("0.1");

  /** A finding names nobody beyond the customers that it is about. */
  public Finding {
    ids = ids.stream().limit(customers).toList();
    names = names.stream().limit(customers).toList();
  }

  /** The same finding with some of its customers. */
  Finding naming(List<String> found, List<String> called) {
    return new Finding(
        code, subject, customers, amount, isCompared, list, found, called, message, comparison);
  }

  /** The ids of its largest customers. */
  List<String> largestIds() {
    return ids.stream().limit(NAMED).toList();
  }

  /** The names of its largest customers. */
  public List<String> largestNames() {
    return names.stream().limit(NAMED).toList();
  }

  /** Whether it is about nearly the same known customers and nearly the same money as another. */
  boolean repeats(Finding other) {
    Set<String> shared = new HashSet<>(ids);
    shared.retainAll(other.ids);
    return isAsLarge(other.customers, other.amount)
        && isNear(shared.size(), Math.max(ids.size(), other.ids.size()));
  }

  /** Whether it is about nearly as many customers and as much money. */
  boolean isAsLarge(long otherCustomers, BigDecimal otherAmount) {
    return isNear(customers, otherCustomers) && isNear(amount, otherAmount);
  }

  private static boolean isNear(long one, long other) {
    return one > 0 && isNear(BigDecimal.valueOf(one), BigDecimal.valueOf(other));
  }

  private static boolean isNear(BigDecimal one, BigDecimal other) {
    return one.subtract(other).abs().compareTo(one.max(other).multiply(SLIGHT)) <= 0;
  }

  /** Its largest customers in a sentence, by name or by id, as far as a report may show them. */
  public Optional<String> largest(Optional<Output.Report> report, Language language) {
    boolean hasNames = report.map(Output.Report::names).orElse(true);
    List<String> shown = hasNames ? largestNames() : largestIds();
    return report.map(Output.Report::ids).orElse(true) && !shown.isEmpty()
        ? Optional.of(
            largest(customers, String.join(language == Language.ZH ? "、" : ", ", shown), language))
        : Optional.empty();
  }

  /**
   * Published names as a language lists them. Where there are more parts than ids, a name has a
   * comma of its own, and they stay as they are.
   */
  static String listed(String names, String ids, Language language) {
    return language == Language.ZH && names.split(", ").length == ids.split(", ").length
        ? names.replace(", ", "、")
        : names;
  }

  /** The sentence that names the largest of so many customers. */
  static String largest(long customers, String names, Language language) {
    return Translations.text(
        language, customers == 1 ? "findings.customer" : "findings.largest", names);
  }
}
