package io.karat.engine;

import io.karat.ledger.AccountChanges;
import io.karat.ledger.Entry;
import io.karat.ledger.EntrySchema;
import io.karat.ledger.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.spark.sql.catalyst.InternalRow;

/** Entries of derived rows, computed from the columns of each row and added up by period. */
abstract class DerivedSums implements DerivedEntries {
  private static final long serialVersionUID = 1L;

  private final EntryExpressions expressions;
  private final EntrySchema schema;
  private final ArrayList<Span> periods;
  private transient @Nullable Entry row;
  private transient @Nullable Entry[] sums;

  /**
   * Entries of rows.
   *
   * @param expressions what a row adds
   */
  DerivedSums(EntryExpressions expressions, List<Span> periods) {
    this.expressions = expressions;
    this.schema = EntrySchema.of(expressions.types().parts());
    this.periods = new ArrayList<>(periods);
  }

  @Override
  public Entry[] of(Entry[][] ledgers) {
    Entry[] sums = sums();
    for (Entry sum : sums) {
      sum.clear();
    }
    addRows(ledgers);
    return sums;
  }

  /** The sums of one customer after the other, made by the task that needs them first. */
  private Entry[] sums() {
    if (sums == null) {
      sums = periods.stream().map(period -> new Entry(schema)).toArray(Entry[]::new);
    }
    return sums;
  }

  private Entry row() {
    if (row == null) {
      row = new Entry(schema);
    }
    return row;
  }

  /** Adds all rows of a customer. */
  abstract void addRows(Entry[][] ledgers);

  /** The columns of a row, to be set before it is added. */
  InternalRow columns() {
    return expressions.columns();
  }

  static void set(InternalRow columns, int column, Optional<?> value) {
    value.ifPresentOrElse(it -> columns.update(column, it), () -> columns.setNullAt(column));
  }

  /** The changes at some places, those of the same days added up. */
  static List<AccountChanges.Change> changes(List<Place> places, Entry[][] ledgers) {
    AccountChanges changes = AccountChanges.none();
    places.forEach(place -> place.of(ledgers).ifPresent(changes::add));
    return changes.changes();
  }

  /** Adds the row of a day to the periods with that day. */
  void add(int day) {
    Entry row = row();
    Entry[] sums = sums();
    row.clear();
    expressions.compute(row, 0);
    for (int period = 0; period < sums.length; period++) {
      if (periods.get(period).contains(day)) {
        sums[period].add(row);
      }
    }
  }

  @Override
  public SlotTypes types() {
    return expressions.types();
  }

  @Override
  public int first(int part) {
    return schema.first(part);
  }
}
