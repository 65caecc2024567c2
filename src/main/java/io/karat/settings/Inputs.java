package io.karat.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings of the input tables of a night; one that names customers is always among them. */
public record Inputs(Map<InputTable, InputSettings> tables) {
  public Inputs {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    if (!isEnough(tables.values())) {
      throw new IllegalArgumentException("Inputs without customers");
    }
  }

  /** Whether a night can be made of these tables: one of them makes customers known. */
  static boolean isEnough(Collection<InputSettings> tables) {
    return tables.stream().anyMatch(table -> table.table().hasCustomers());
  }

  /** The settings of the given tables. */
  static Inputs of(Collection<InputSettings> tables) {
    Map<InputTable, InputSettings> byTable = new TreeMap<>();
    tables.forEach(table -> byTable.put(table.table(), table));
    return new Inputs(byTable);
  }

  public InputSettings transactions() {
    return find(InputTable.TRANSACTIONS).orElseThrow();
  }

  /** The table that a night stands on: transactions, else the first of the others. */
  public InputTable leading() {
    return tables.keySet().iterator().next();
  }

  public boolean has(InputTable table) {
    return tables.containsKey(table);
  }

  public Optional<InputSettings> find(InputTable table) {
    return Optional.ofNullable(tables.get(table));
  }

  /** The settings of all tables, transactions first. */
  public List<InputSettings> all() {
    return List.copyOf(tables.values());
  }
}
