package io.karat.engine;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A row that a method of an object computes from binaries, each value a column of its own. */
final class InvokedRow {
  private InvokedRow() {}

  /**
   * The columns of the row, to be selected as they are.
   *
   * @param method the name of a public method that takes a row of the binaries and gives {@link
   *     #of(Object...)}
   * @param binaries the names of their columns
   */
  static Column of(Object target, String method, StructType values, List<String> binaries) {
    StructType taken = new StructType();
    for (String name : binaries) {
      taken = taken.add(name, DataTypes.BinaryType);
    }
    Column row = functions.struct(binaries.stream().map(functions::col).toArray(Column[]::new));
    return functions.inline(
        ObjectMethod.of(target, method, DataTypes.createArrayType(values, false), row, taken));
  }

  /** What the method gives: one row. */
  static ArrayData of(Object... values) {
    return new GenericArrayData(new Object[] {new GenericInternalRow(values)});
  }
}
