package io.karat.engine;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Column that a public method of an object computes from another, called by generated code; null
 * where that is.
 */
final class ObjectMethod {
  private ObjectMethod() {}

  static Column of(
      Object target, String method, DataType result, Column argument, DataType argumentType) {
    List<Expression> arguments = List.of(ExpressionUtils.expression(argument));
    List<AbstractDataType> types = List.of(argumentType);
    return ExpressionUtils.column(
        new Invoke(
            Literal$.MODULE$.fromObject(target),
            method,
            result,
            CollectionConverters.asScala(arguments).toSeq(),
            CollectionConverters.asScala(types).toSeq(),
            true,
            false,
            true));
  }
}
