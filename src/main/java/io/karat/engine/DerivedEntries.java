package io.karat.engine;

import io.karat.ledger.Entry;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;

/** Entries of a table that is derived from several ledgers of a customer, by period. */
public interface DerivedEntries extends Serializable {
  /**
   * The entries of each period; they are overwritten by the next customer.
   *
   * @param ledgers for each ledger, its entry for each period
   */
  Entry[] of(Entry[][] ledgers);

  /** The types of the slots. */
  SlotTypes types();

  /** The first slot of a part. */
  int first(int part);

  /** The type of a slot. */
  default DataType type(int slot) {
    return types().type(slot);
  }

  /**
   * Place of gathered values.
   *
   * @param ledger the number of the ledger
   * @param period the number of the period in its fold
   * @param slot the slot of the values
   */
  record Place(int ledger, int period, int slot) implements Serializable {
    /** The values of a customer, if there are any. */
    Optional<Object> of(Entry[][] ledgers) {
      Entry entry = ledgers[ledger][period];
      return entry.isKnown(slot) ? Optional.of(entry.object(slot)) : Optional.empty();
    }
  }
}
