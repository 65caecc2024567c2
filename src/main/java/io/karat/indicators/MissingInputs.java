package io.karat.indicators;

import static io.karat.settings.Translations.listed;
import static io.karat.settings.Translations.text;

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
    return text(names.size() == 1 ? "missing.one" : "missing.many", listed(names));
  }

  /** The problem, if a business's own configuration needs them. */
  public String problem(String key) {
    return "'%s' needs %s, which is not mapped. Map %s."
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
