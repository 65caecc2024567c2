package io.karat.engine;

import io.karat.ledger.DayReplacement;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Days of a customer of which some were built anew. */
public final class ReplacedDays implements Serializable {
  private static final long serialVersionUID = 1L;

  private final DayReplacement replacement;

  private ReplacedDays(DayReplacement replacement) {
    this.replacement = replacement;
  }

  /**
   * The days after the replacement, null if none are left, and the number of compared days that are
   * not what they were; to be selected as it is.
   *
   * @param since the first day that keeps an entry of its own, in days since 1970
   * @param rebuilt the days that are replaced
   * @param compared those of them whose entries should be what they were
   * @param older the name of the column of all days as they were
   * @param newer that of the days that were built anew, and of the result
   * @param differing the name of the column of their number
   */
  public static Column of(
      String older,
      String newer,
      DayShape shape,
      int since,
      Collection<Integer> rebuilt,
      Collection<Integer> compared,
      String differing) {
    ReplacedDays replaced =
        new ReplacedDays(new DayReplacement(shape.days(), since, rebuilt, compared));
    StructType row =
        new StructType().add(newer, DataTypes.BinaryType).add(differing, DataTypes.LongType);
    return InvokedRow.of(replaced, "rows", row, List.of(older, newer));
  }

  /** One row with the days and the number. Spark calls it by its name. */
  public ArrayData rows(InternalRow days) {
    Object[] row = new Object[2];
    replacement.of(binary(days, 0), binary(days, 1)).ifPresent(all -> row[0] = all);
    row[1] = (long) replacement.differing();
    return InvokedRow.of(row);
  }

  private static Optional<byte[]> binary(InternalRow row, int place) {
    return row.isNullAt(place) ? Optional.empty() : Optional.of(row.getBinary(place));
  }
}
