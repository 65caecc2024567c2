package io.karat.engine;

import io.karat.ledger.Entry;
import io.karat.ledger.Fold;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Days of a customer, as {@link CustomerDays} puts them together, folded into periods. */
public final class FoldedDays implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Fold fold;
  private final DayShape shape;
  private final int[] periods;
  private final int[] slots;

  /**
   * A value of a period.
   *
   * @param name the name of its column
   * @param period its number among the periods of the fold
   * @param slot its slot among those of a day
   */
  public record Value(String name, int period, int slot) {}

  private FoldedDays(Fold fold, DayShape shape, List<Value> values) {
    this.fold = fold;
    this.shape = shape;
    this.periods = values.stream().mapToInt(Value::period).toArray();
    this.slots = values.stream().mapToInt(Value::slot).toArray();
  }

  /** The values of a customer's days, each a column of its own; to be selected as it is. */
  public static Column of(Column days, Fold fold, DayShape shape, List<Value> values) {
    StructType row = new StructType();
    for (Value value : values) {
      row = row.add(value.name(), shape.type(value.slot()));
    }
    Expression folded =
        new Invoke(
            Literal$.MODULE$.fromObject(new FoldedDays(fold, shape, values)),
            "rows",
            DataTypes.createArrayType(row, false),
            seq(List.of(ExpressionUtils.expression(days))),
            seq(List.<AbstractDataType>of(DataTypes.BinaryType)),
            true,
            false,
            true);
    return functions.inline(ExpressionUtils.column(folded));
  }

  private static <T> Seq<T> seq(List<T> items) {
    return CollectionConverters.<T>asScala(new ArrayList<>(items)).toSeq();
  }

  /** One row with all values. Spark calls it by its name. */
  public ArrayData rows(byte[] days) {
    Entry[] sums = fold.of(days);
    Object[] row = new Object[slots.length];
    for (int i = 0; i < row.length; i++) {
      Entry sum = sums[periods[i]];
      if (sum.isKnown(slots[i])) {
        row[i] = shape.days.types().value(sum, slots[i]);
      }
    }
    return new GenericArrayData(new Object[] {new GenericInternalRow(row)});
  }
}
