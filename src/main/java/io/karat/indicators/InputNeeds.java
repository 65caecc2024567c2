package io.karat.indicators;

import io.karat.measures.Measure;
import io.karat.measures.MeasureDescriptions;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.Inputs;
import io.karat.settings.MeasureSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tables and columns that indicators need, directly or through other indicators. */
record InputNeeds(Catalogues catalogues, Inputs inputs) {
  private static final String TRANSACTION_ID = "transaction_id";

  /** The inputs that an indicator needs and that are not mapped; empty if there are none. */
  Optional<MissingInputs> missing(Indicator indicator) {
    Set<String> needed = needs(indicator, new TreeSet<>());
    TreeSet<String> missing = new TreeSet<>(needed);
    missing.removeIf(this::isMapped);
    Set<String> tables = new TreeSet<>(missing);
    missing.removeIf(name -> name.contains(".") && tables.contains(name.replaceFirst("\\..*", "")));
    return missing.isEmpty() ? Optional.empty() : Optional.of(new MissingInputs(missing));
  }

  private Set<String> needs(Indicator indicator, Set<String> visited) {
    Set<String> needed = new LinkedHashSet<>(indicator.settings().requires());
    if (!visited.add(indicator.name())) {
      return needed;
    }

    for (String word : indicator.words()) {
      Measure measure = catalogues.measures().get(word);
      if (measure != null) {
        needed.addAll(needs(measure));
      } else {
        catalogues.named(word).ifPresent(other -> needed.addAll(needs(other, visited)));
      }
    }
    return needed;
  }

  private static Set<String> needs(Measure measure) {
    Set<String> needed = new LinkedHashSet<>();
    measure.table().inputs().forEach(input -> needed.add(input.tableName()));
    if (measure.table() == MeasureSource.INVOICES) {
      measure
          .table()
          .inputs()
          .forEach(input -> needed.add(input.tableName() + "." + TRANSACTION_ID));
    }
    if (!measure.table().isDerived()) {
      String table = measure.table().tableName();
      MeasureDescriptions.mappedColumns(measure).stream()
          .filter(column -> mayBeMapped(measure.table(), column))
          .forEach(column -> needed.add(table + "." + column));
    }
    return needed;
  }

  /** Whether a column can be mapped; any other word is reported where it is parsed. */
  private static boolean mayBeMapped(MeasureSource table, String column) {
    return table == MeasureSource.CUSTOMERS
        || table.inputs().stream()
            .flatMap(input -> input.columns().stream())
            .anyMatch(known -> known.name().equals(column));
  }

  /** Whether a table, or a column of a table as in {@code transactions.cost}, is mapped. */
  private boolean isMapped(String name) {
    String[] parts = name.split("\\.", 2);
    Optional<InputSettings> table =
        inputs.find(InputTable.valueOf(parts[0].toUpperCase(Locale.ROOT)));
    return table.filter(input -> parts.length == 1 || input.has(parts[1])).isPresent();
  }
}
