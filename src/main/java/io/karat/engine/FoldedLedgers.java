package io.karat.engine;

import io.karat.ledger.Entry;
import io.karat.ledger.Fold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;

/** Ledgers of a customer, as {@link CustomerDays} puts them together, folded into periods. */
public final class FoldedLedgers implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The text of a sum. */
  public static final String TEXT = "text";

  /** The sum of a text. */
  public static final String SUM = "sum";

  private final ArrayList<Ledger> ledgers;
  private final ArrayList<DerivedEntries> derived;
  private final ArrayList<CohortMonths> cohorts;
  private final int[] sources;
  private final int[] periods;
  private final int[] slots;
  private final boolean[] areSums;
  private transient @Nullable Entry[][] sums;

  /**
   * Ledger of an input.
   *
   * @param days the column of its days
   */
  public record Ledger(String days, DayShape shape, Fold fold) implements Serializable {}

  /**
   * A value of a period.
   *
   * @param name the name of its column
   * @param source the number of its ledger; derived entries follow the ledgers
   * @param period its number among the periods of its source
   * @param slot its slot among those of an entry
   * @param areSums whether it is every text of sums by text, in place of the largest
   */
  public record Value(String name, int source, int period, int slot, boolean areSums) {}

  /** The type of sums by text. */
  private static final DataType SUMS =
      DataTypes.createArrayType(
          new StructType()
              .add(TEXT, DataTypes.StringType)
              .add(SUM, DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), 0)),
          false);

  private FoldedLedgers(
      List<Ledger> ledgers,
      List<DerivedEntries> derived,
      Optional<CohortMonths> cohorts,
      List<Value> values) {
    this.ledgers = new ArrayList<>(ledgers);
    this.derived = new ArrayList<>(derived);
    this.cohorts = new ArrayList<>(cohorts.stream().toList());
    this.sources = values.stream().mapToInt(Value::source).toArray();
    this.periods = values.stream().mapToInt(Value::period).toArray();
    this.slots = values.stream().mapToInt(Value::slot).toArray();
    this.areSums = new boolean[slots.length];
    for (int i = 0; i < slots.length; i++) {
      areSums[i] = values.get(i).areSums();
    }
  }

  /**
   * The values of a customer's days, each a column of its own, and the months of its cohort if they
   * are wanted; to be selected as they are.
   */
  public static Column of(
      List<Ledger> ledgers,
      List<DerivedEntries> derived,
      Optional<CohortMonths> cohorts,
      List<Value> values) {
    FoldedLedgers folded = new FoldedLedgers(ledgers, derived, cohorts, values);
    StructType row = new StructType();
    for (Value value : values) {
      row = row.add(value.name(), folded.type(value));
    }
    if (cohorts.isPresent()) {
      row = row.add(CohortMonths.NAME, CohortMonths.TYPE);
    }
    return InvokedRow.of(folded, "rows", row, ledgers.stream().map(Ledger::days).toList());
  }

  private DataType type(Value value) {
    if (value.areSums()) {
      return SUMS;
    }

    return value.source() < ledgers.size()
        ? ledgers.get(value.source()).shape().type(value.slot())
        : derived.get(value.source() - ledgers.size()).type(value.slot());
  }

  private SlotTypes types(int source) {
    return source < ledgers.size()
        ? ledgers.get(source).shape().days.types()
        : derived.get(source - ledgers.size()).types();
  }

  /** One row with all values. Spark calls it by its name. */
  public ArrayData rows(InternalRow days) {
    Entry[][] sums = sums();
    for (int i = 0; i < ledgers.size(); i++) {
      sums[i] = folded(i, days(days, i));
    }
    for (int i = 0; i < derived.size(); i++) {
      sums[ledgers.size() + i] = derived.get(i).of(sums);
    }
    Object[] row = new Object[slots.length + cohorts.size()];
    for (int i = 0; i < slots.length; i++) {
      Entry sum = sums[sources[i]][periods[i]];
      if (sum.isKnown(slots[i])) {
        row[i] =
            areSums[i] ? SlotTypes.sums(sum, slots[i]) : types(sources[i]).value(sum, slots[i]);
      }
    }
    if (!cohorts.isEmpty()) {
      row[slots.length] = cohorts.get(0).months();
    }
    return InvokedRow.of(row);
  }

  private Entry[] folded(int ledger, Optional<byte[]> days) {
    Fold fold = ledgers.get(ledger).fold();
    return !cohorts.isEmpty() && cohorts.get(0).isOf(ledger)
        ? cohorts.get(0).fold(fold, days)
        : fold.of(days);
  }

  /** The sums of one customer after the other, made by the task that needs them first. */
  private Entry[][] sums() {
    if (sums == null) {
      sums = new Entry[ledgers.size() + derived.size()][];
    }
    return sums;
  }

  private static Optional<byte[]> days(InternalRow days, int ledger) {
    return days.isNullAt(ledger) ? Optional.empty() : Optional.of(days.getBinary(ledger));
  }
}
