package io.karat.indicators;

import io.karat.measures.Measure;
import io.karat.measures.MeasureDescriptions;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The optional columns of inputs that measures are computed from. */
final class MeasuredColumns {
  // Columns that measures of these use without naming them, if they are mapped.
  private static final Set<String> OF_RECEIVABLES = Set.of("due_date", "opening_balance");
  private static final Set<String> OF_RETURNS = Set.of("sale_date");
  private static final Set<String> OF_INVOICES = Set.of("due_date", "transaction_id");
  private static final Set<String> OF_COMPLAINTS = Set.of("resolved_time");
  private static final Set<String> OF_SERVICES = Set.of("cost");
  private static final Set<String> OF_OPPORTUNITIES =
      Set.of("probability", "closed_date", "is_won");

  private MeasuredColumns() {}

  /** The columns of an input that some uses of measures need, by name. */
  static Set<String> of(InputTable input, List<Measure.Use> uses) {
    Set<String> used = new TreeSet<>(input == InputTable.TRANSACTIONS ? OF_RETURNS : Set.of());
    for (Measure.Use use : uses) {
      Measure measure = use.measure();
      if (measure.table() == MeasureSource.RECEIVABLES) {
        used.addAll(OF_RECEIVABLES);
      } else if (measure.table() == MeasureSource.INVOICES) {
        used.addAll(OF_INVOICES);
      } else if (measure.table() == MeasureSource.COMPLAINTS) {
        used.addAll(OF_COMPLAINTS);
      } else if (measure.table() == MeasureSource.SERVICES) {
        used.addAll(input == InputTable.CONTACTS ? OF_SERVICES : Set.of());
      } else if (measure.table().inputs().contains(input)) {
        used.addAll(MeasureDescriptions.mappedColumns(measure));
        if (measure.table() == MeasureSource.OPPORTUNITIES) {
          used.addAll(OF_OPPORTUNITIES);
        }
      }
    }
    return used;
  }
}
