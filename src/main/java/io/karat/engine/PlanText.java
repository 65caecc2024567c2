package io.karat.engine;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.jdk.javaapi.CollectionConverters;

/** Expressions as text that is the same whenever they are planned again. */
final class PlanText {
  /** The names that Spark gives to the variables of functions are counted. */
  private static final String VARIABLE = "\\b([xyz])_\\d+\\b";

  private PlanText() {}

  static String of(List<Expression> expressions) {
    return expressions.stream()
        .map(expression -> expression.sql().replaceAll(VARIABLE, "$1"))
        .collect(joining("\n"));
  }

  /** The expressions that are selected last. */
  static String ofColumns(Dataset<Row> rows) {
    return of(
        CollectionConverters.asJava(
            ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .analyzed()
                .expressions()));
  }
}
