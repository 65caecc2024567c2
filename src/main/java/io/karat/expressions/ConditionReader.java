package io.karat.expressions;

import io.karat.expressions.ColumnCondition.Test;
import io.karat.expressions.ColumnCondition.Truth;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reader of an expression as a condition on columns; collects the columns and literals on the way.
 */
final class ConditionReader {
  private final NavigableSet<String> columns = new TreeSet<>();
  private final Set<Object> literals = new LinkedHashSet<>();

  NavigableSet<String> columns() {
    return columns;
  }

  Set<Object> literals() {
    return literals;
  }

  /** Whether all literals are numbers, or all are texts, or all are flags. */
  boolean isOfOneKind() {
    return literals.stream().map(Object::getClass).distinct().count() <= 1;
  }

  Optional<Test> read(Expression expression) {
    if (expression instanceof And and) {
      return both(and.left(), and.right(), Truth::and);
    }
    if (expression instanceof Or or) {
      return both(or.left(), or.right(), Truth::or);
    }
    if (expression instanceof Not not) {
      return read(not.child()).map(test -> value -> test.of(value).not());
    }
    if (expression instanceof IsNull isNull) {
      return column(isNull.child()).map(it -> value -> Truth.of(value.isEmpty()));
    }
    if (expression instanceof IsNotNull isNotNull) {
      return column(isNotNull.child()).map(it -> value -> Truth.of(value.isPresent()));
    }
    if (expression instanceof In in) {
      return anyOf(in);
    }
    if (expression instanceof UnresolvedFunction function) {
      return between(function);
    }
    return expression instanceof BinaryComparison comparison
        ? comparison(comparison)
        : flag(expression);
  }

  private Optional<Test> both(Expression left, Expression right, BinaryOperator<Truth> joined) {
    Optional<Test> first = read(left);
    Optional<Test> second = read(right);
    return first.isPresent() && second.isPresent()
        ? Optional.of(value -> joined.apply(first.get().of(value), second.get().of(value)))
        : Optional.empty();
  }

  /** A boolean column is a condition by itself. */
  private Optional<Test> flag(Expression expression) {
    Optional<String> column = column(expression);
    if (column.isPresent()) {
      literals.add(true);
    }
    return column.map(it -> value -> compared(value, true, order -> order == 0));
  }

  private Optional<Test> anyOf(In in) {
    Optional<Test> any = Optional.empty();
    for (Expression item : CollectionConverters.asJava(in.list())) {
      Optional<Test> one = compared(in.value(), item, order -> order == 0);
      if (one.isEmpty()) {
        return one;
      }

      Optional<Test> before = any;
      any =
          Optional.of(
              value ->
                  before.map(test -> test.of(value)).orElse(Truth.FALSE).or(one.get().of(value)));
    }
    return any;
  }

  private Optional<Test> between(UnresolvedFunction function) {
    List<Expression> arguments = CollectionConverters.asJava(function.arguments());
    boolean isBetween =
        function.nameParts().mkString(".").toLowerCase(Locale.ROOT).equals("between")
            && arguments.size() == 3;
    if (!isBetween || isWord(arguments.get(1)) || isWord(arguments.get(2))) {
      return Optional.empty();
    }

    Optional<Test> least = compared(arguments.get(0), arguments.get(1), order -> order >= 0);
    Optional<Test> most = compared(arguments.get(0), arguments.get(2), order -> order <= 0);
    return least.isPresent() && most.isPresent()
        ? Optional.of(value -> least.get().of(value).and(most.get().of(value)))
        : Optional.empty();
  }

  private Optional<Test> comparison(BinaryComparison comparison) {
    boolean isTurned = comparison.left() instanceof Literal;
    Expression column = isTurned ? comparison.right() : comparison.left();
    Expression literal = isTurned ? comparison.left() : comparison.right();
    if (comparison instanceof EqualNullSafe) {
      return compared(column, literal, order -> order == 0)
          .map(test -> value -> Truth.of(test.of(value) == Truth.TRUE));
    }

    String symbol = comparison.symbol();
    if (isWord(literal) && !symbol.equals("=")) {
      return Optional.empty();
    }

    IntPredicate holds =
        switch (symbol) {
          case "=" -> order -> order == 0;
          case "<" -> order -> order < 0;
          case "<=" -> order -> order <= 0;
          case ">" -> order -> order > 0;
          case ">=" -> order -> order >= 0;
          default -> throw new IllegalStateException("Unknown comparison " + symbol);
        };
    return compared(column, literal, isTurned ? order -> holds.test(-order) : holds);
  }

  private static boolean isWord(Expression expression) {
    return expression instanceof Literal literal && literal.dataType() instanceof StringType;
  }

  private Optional<Test> compared(Expression left, Expression right, IntPredicate holds) {
    Optional<Object> literal = literal(right);
    if (column(left).isEmpty() || literal.isEmpty()) {
      return Optional.empty();
    }

    literals.add(literal.get());
    return Optional.of(value -> compared(value, literal.get(), holds));
  }

  private static Truth compared(Optional<Object> value, Object literal, IntPredicate holds) {
    if (value.isEmpty()) {
      return Truth.UNKNOWN;
    }

    int order =
        value.get() instanceof BigDecimal number && literal instanceof BigDecimal limit
            ? number.compareTo(limit)
            : value.get().equals(literal) ? 0 : 1;
    return Truth.of(holds.test(order));
  }

  private Optional<String> column(Expression expression) {
    Optional<String> name =
        expression instanceof UnresolvedAttribute attribute && attribute.nameParts().size() == 1
            ? Optional.of(attribute.nameParts().head())
            : Optional.empty();
    name.ifPresent(columns::add);
    return name;
  }

  private static Optional<Object> literal(Expression expression) {
    if (!(expression instanceof Literal literal) || literal.value() == null) {
      return Optional.empty();
    }
    if (literal.value() instanceof Decimal decimal) {
      return Optional.of(decimal.toJavaBigDecimal().stripTrailingZeros());
    }
    if (literal.dataType() instanceof NumericType) {
      return Optional.of(new BigDecimal(literal.value().toString()).stripTrailingZeros());
    }
    if (literal.dataType() instanceof StringType) {
      return Optional.of(literal.value().toString());
    }
    return literal.dataType() instanceof BooleanType
        ? Optional.of(literal.value())
        : Optional.empty();
  }
}
