package io.karat.settings;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings of the input tables of a night; transactions is always among them. */
public record Inputs(Map<InputTable, InputSettings> tables) {
  public Inputs {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    if (!tables.containsKey(InputTable.TRANSACTIONS)) {
      throw new IllegalArgumentException("Inputs without transactions");
    }
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

  public Optional<InputSettings> find(InputTable table) {
    return Optional.ofNullable(tables.get(table));
  }

  /** The settings of all tables, transactions first. */
  public List<InputSettings> all() {
    return List.copyOf(tables.values());
  }
}
