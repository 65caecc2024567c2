package io.karat.engine;

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
  static Column of(Object target, String method, StructType row, List<String> binaries) {
    StructType taken = new StructType();
    for (String name : binaries) {
      taken = taken.add(name, DataTypes.BinaryType);
    }
    Expression argument =
        ExpressionUtils.expression(
            functions.struct(binaries.stream().map(functions::col).toArray(Column[]::new)));
    Expression rows =
        new Invoke(
            Literal$.MODULE$.fromObject(target),
            method,
            DataTypes.createArrayType(row, false),
            seq(List.of(argument)),
            seq(List.<AbstractDataType>of(taken)),
            true,
            false,
            true);
    return functions.inline(ExpressionUtils.column(rows));
  }

  private static <T> Seq<T> seq(List<T> items) {
    return CollectionConverters.<T>asScala(items).toSeq();
  }

  /** What the method gives: one row. */
  static ArrayData of(Object... values) {
    return new GenericArrayData(new Object[] {new GenericInternalRow(values)});
  }
}
