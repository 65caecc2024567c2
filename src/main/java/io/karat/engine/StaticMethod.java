package io.karat.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Column that a static method over texts computes, called by generated code; null where one is. */
final class StaticMethod {
  private StaticMethod() {}

  static Column of(Class<?> type, String method, DataType result, Column... texts) {
    List<Expression> arguments =
        Arrays.stream(texts).map(text -> ExpressionUtils.expression(text)).toList();
    List<AbstractDataType> types = Collections.nCopies(texts.length, DataTypes.StringType);
    return ExpressionUtils.column(
        new StaticInvoke(
            type,
            result,
            method,
            CollectionConverters.asScala(arguments).toSeq(),
            CollectionConverters.asScala(types).toSeq(),
            true,
            true,
            true,
            Option.empty()));
  }
}
