package io.karat.indicators;

import io.karat.input.InputRows;
import io.karat.measures.MeasureDescriptions;
import io.karat.settings.InputSettings;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSettings.Per;
import io.karat.settings.MeasureSource;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Location;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Columns;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names of columns that a configuration declares, for measures per row of their input. */
final class DeclaredNames {
  private static final Pattern KEY = Pattern.compile("key_\\d+");

  private DeclaredNames() {}

  /**
   * The names by table; those of rows that are taken are reported.
   *
   * @param characteristics names that measures of customers can use
   */
  static Map<MeasureSource, Set<String>> of(
      Settings settings, Collection<String> characteristics, Problems problems) {
    Map<MeasureSource, Set<String>> names = new EnumMap<>(MeasureSource.class);
    names.put(MeasureSource.CUSTOMERS, Set.copyOf(characteristics));
    for (InputSettings input : settings.inputs().all()) {
      if (input.table() != InputTable.CUSTOMERS && input.table().hasCustomers()) {
        MeasureSource table = MeasureSource.valueOf(input.table().name());
        Set<String> taken = new TreeSet<>(MeasureDescriptions.of(table, Per.ROW).keySet());
        taken.addAll(InputRows.RESERVED);
        taken.add(Columns.CUSTOMER_ID);
        input.characteristics().forEach((name, it) -> requireFree(name, it.at(), taken, problems));
        names.put(table, input.characteristics().keySet());
      }
    }
    return names;
  }

  private static void requireFree(String name, Location at, Set<String> taken, Problems problems) {
    if (taken.contains(name) || KEY.matcher(name).matches()) {
      problems.add(at, "'%s' is a name of Karat's own. Choose another.".formatted(at.key()));
    }
  }
}
