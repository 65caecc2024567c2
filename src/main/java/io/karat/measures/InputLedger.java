package io.karat.measures;

import io.karat.engine.DayShape;
import io.karat.engine.DerivedEntries.Place;
import io.karat.engine.FoldedLedgers;
import io.karat.ledger.Fold;
import io.karat.ledger.Span;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Ledger of an input.
 *
 * @param column the name of the column of days
 * @param rows one row per customer: {@code customer_id} and the days, one binary
 * @param shape the shape of an entry
 * @param measures the measures that are folded from it
 * @param parts the first part of each measure, by name
 * @param layout what an entry holds, as text
 */
record InputLedger(
    String column,
    Dataset<Row> rows,
    DayShape shape,
    LedgerMeasures measures,
    Map<String, Integer> parts,
    String layout) {
  InputLedger {
    parts = Map.copyOf(parts);
  }

  /**
   * The ledger with its fold.
   *
   * @param kept from the first day that has an entry of its own to the as-of day
   * @param gathered the names of measures whose values are gathered over the lifetime
   */
  FoldedLedgers.Ledger folded(Span kept, Set<String> gathered) {
    Set<Integer> wanted = new TreeSet<>();
    gathered.stream().filter(parts::containsKey).forEach(name -> wanted.add(parts.get(name)));
    Fold fold =
        new Fold(shape.days(), measures.spans(), measures.parts(wanted), kept.to(), kept.from());
    return new FoldedLedgers.Ledger(column, shape, fold);
  }

  /**
   * The place of values that are gathered over the lifetime; empty if it has none.
   *
   * @param number the number of this ledger
   */
  Optional<Place> place(String gathered, int number) {
    return Optional.ofNullable(parts.get(gathered))
        .map(part -> new Place(number, 0, shape.days().first(part)));
  }
}
