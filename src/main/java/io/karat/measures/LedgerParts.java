package io.karat.measures;

import io.karat.engine.EntryExpressions;
import io.karat.expressions.TrySemantics;
import io.karat.ledger.Merge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The parts that some measures have in a ledger. Measures that add the same contributions in the
 * same way share theirs, such as an amount over windows and over whole months.
 */
final class LedgerParts {
  private final Map<Shape, Integer> firsts = new LinkedHashMap<>();
  private final List<CompiledMeasure> distinct = new ArrayList<>();
  private final List<Merge> merges = new ArrayList<>();

  /** Shape of a measure: its contributions and how they merge. */
  private record Shape(List<Column> contributions, List<Merge> merges) {}

  private LedgerParts() {}

  /** Parts that measures share. */
  static LedgerParts shared(List<CompiledMeasure> measures) {
    LedgerParts parts = new LedgerParts();
    for (CompiledMeasure measure : measures) {
      if (!parts.firsts.containsKey(shape(measure))) {
        parts.add(measure);
      }
    }
    return parts;
  }

  /** Parts of each measure for itself, under the names of its own. */
  static LedgerParts apart(List<CompiledMeasure> measures) {
    LedgerParts parts = new LedgerParts();
    measures.forEach(parts::add);
    return parts;
  }

  private void add(CompiledMeasure measure) {
    firsts.put(shape(measure), merges.size());
    distinct.add(measure);
    merges.addAll(shape(measure).merges());
  }

  private static Shape shape(CompiledMeasure measure) {
    return new Shape(measure.contributions(), measure.accumulation().merges());
  }

  /** The merge functions of all parts. */
  List<Merge> merges() {
    return List.copyOf(merges);
  }

  /** The contributions of a row to all slots, as columns. */
  List<Column> contributions() {
    return distinct.stream().flatMap(it -> it.contributionColumns().stream()).toList();
  }

  /** The names of these columns. */
  List<String> names() {
    return distinct.stream().flatMap(it -> it.partNames().stream()).toList();
  }

  /** What a row of a frame without rows adds, to be evaluated where such a row is put together. */
  EntryExpressions of(Dataset<Row> rows) {
    return EntryExpressions.of(lenient(rows, contributions()), merges());
  }

  /** Columns whose expressions give null on failure. */
  static Dataset<Row> lenient(Dataset<Row> rows, List<Column> columns) {
    return TrySemantics.lenient(
        rows.sparkSession(), () -> rows.select(columns.toArray(Column[]::new)));
  }

  /** The number of parts. */
  int size() {
    return merges.size();
  }

  /** The first of the parts of a measure. */
  int first(CompiledMeasure measure) {
    return Objects.requireNonNull(firsts.get(shape(measure)));
  }
}
