package io.karat.indicators;

import io.karat.settings.BilingualText;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tables and columns that are needed and not mapped.
 *
 * @param names such as {@code payments} or {@code transactions.cost}, at least one
 */
public record MissingInputs(SortedSet<String> names) {
  public MissingInputs {
    names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
  }

  /** The missing inputs of both. */
  public MissingInputs and(MissingInputs others) {
    SortedSet<String> all = new TreeSet<>(names);
    all.addAll(others.names);
    return new MissingInputs(all);
  }

  /** The names, joined by commas. */
  public String list() {
    return String.join(", ", names);
  }

  /** The reason why something is off, such as {@code transactions.cost is not mapped}. */
  public BilingualText reason() {
    return new BilingualText(
        "%s %s not mapped".formatted(list(), names.size() == 1 ? "is" : "are"),
        "未映射 " + String.join("、", names));
  }

  /** The problem, if a business's own configuration needs them. */
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
