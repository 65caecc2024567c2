package io.karat.measures;

import static org.apache.spark.sql.functions.lit;

import io.karat.engine.DerivedEntries;
import io.karat.engine.EntryExpressions;
import io.karat.ledger.Span;
import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures of a table that is derived from several ledgers.
 *
 * @param entries the entries from which they are read
 */
record DerivedMeasures(LedgerMeasures measures, DerivedEntries entries) {
  /** The uses of the measures of a table. */
  static List<Measure.Use> uses(MeasureSource table, List<Measure.Use> all) {
    return all.stream().filter(use -> use.measure().table() == table).distinct().toList();
  }

  /**
   * Measures of rows that belong to a day each.
   *
   * @param rows a frame without rows that has their columns
   * @param words what expressions may name
   * @param entries makes the entries of what a row adds, by period
   */
  static DerivedMeasures ofDays(
      List<Measure.Use> uses,
      Dataset<Row> rows,
      ExpressionScope words,
      Money money,
      Period asOf,
      BiFunction<EntryExpressions, List<Span>, DerivedEntries> entries) {
    List<CompiledMeasure> compiled =
        uses.stream()
            .map(Measure.Use::measure)
            .distinct()
            .map(it -> CompiledMeasure.of(it, rows, words, money, lit(true)))
            .toList();
    LedgerParts parts = LedgerParts.shared(compiled);
    LedgerMeasures measures =
        new LedgerMeasures(
            compiled.stream().flatMap(it -> over(it, parts.first(it), uses)).toList(), asOf);
    return new DerivedMeasures(measures, entries.apply(parts.of(rows), measures.spans()));
  }

  private static Stream<PeriodMeasure> over(
      CompiledMeasure measure, int first, List<Measure.Use> uses) {
    return uses.stream()
        .filter(use -> use.measure().name().equals(measure.name()))
        .map(use -> measure.over(use.period(), use.column(), first));
  }
}
