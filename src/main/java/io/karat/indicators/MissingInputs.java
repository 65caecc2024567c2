package io.karat.indicators;

import io.karat.settings.BilingualText;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tables and columns that something needs and no input has.
 *
 * @param names such as {@code payments} or {@code transactions.cost}, at least one
 */
public record MissingInputs(SortedSet<String> names) {
  public MissingInputs {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /** What is missing here or there. */
  public MissingInputs and(MissingInputs others) {
    SortedSet<String> all = new TreeSet<>(names);
    all.addAll(others.names);
    return new MissingInputs(all);
  }

  /** {@code transactions.cost}, several joined by commas. */
  public String list() {
    return String.join(", ", names);
  }

  /** Why something is off, as {@code transactions.cost is not mapped}. */
  public BilingualText reason() {
    return new BilingualText(
        "%s %s not mapped".formatted(list(), names.size() == 1 ? "is" : "are"),
        "未映射 " + String.join("、", names));
  }

  /** Why that is a mistake, where the business itself asks for what needs it. */
  public String problem(String key) {
    return "'%s' needs %s, which no input has. Map %s."
        .formatted(
            key,
            joined("'%s'"),
            names.stream()
                .map(name -> "'inputs.%s'".formatted(name.replaceFirst("\\.", ".columns.")))
                .collect(Collectors.joining(", ")));
  }

  private String joined(String form) {
    return names.stream().map(form::formatted).collect(Collectors.joining(", "));
  }
}
