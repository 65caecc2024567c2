package io.karat.engine;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.Add;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;

/**
 * An aggregate function for the sum of the values with the least key of a group, such as the sales
 * of the first month. A sum of money is in two halves.
 */
@SuppressWarnings("serial") // The fields of Spark are serializable without declaring it.
public final class SumOfLeast extends PairedAggregate {
  private static final long serialVersionUID = 1L;

  private static final List<String> PARTS = List.of("key", "high", "low");

  private SumOfLeast(List<Expression> parts) {
    super(parts, PARTS, List.of(DataTypes.IntegerType, DataTypes.LongType, DataTypes.LongType));
  }

  /**
   * The least key, and the sums of both halves over its rows; null if there is none.
   *
   * @param key an {@code int}; a row without one does not count
   * @param high the upper half of a value, a {@code bigint}; known wherever the key is
   * @param low the lower half
   */
  public static List<Column> of(Column key, Column high, Column low) {
    List<Expression> parts =
        List.of(
            ExpressionUtils.expression(key.cast(DataTypes.IntegerType)),
            ExpressionUtils.expression(high),
            ExpressionUtils.expression(low));
    Column sum = ExpressionUtils.column(new SumOfLeast(parts).toAggregateExpression());
    return PARTS.stream().map(sum::getField).toList();
  }

  @Override
  List<Expression> together(List<? extends Expression> one, List<? extends Expression> other) {
    Expression key = one.get(0);
    Expression otherKey = other.get(0);
    Expression isLess = new LessThan(key, otherKey);
    Expression isMore = new Or(new IsNull(key), new LessThan(otherKey, key));
    List<Expression> parts = new ArrayList<>(List.of(new Least(seq(List.of(key, otherKey)))));
    for (int half = 1; half < PARTS.size(); half++) {
      Expression mine = one.get(half);
      Expression sum = new If(isLess, mine, new Add(mine, other.get(half)));
      parts.add(new If(new IsNull(otherKey), mine, new If(isMore, other.get(half), sum)));
    }
    return parts;
  }

  @Override
  public String prettyName() {
    return "sum_of_least";
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new SumOfLeast(List.of(children.apply(0), children.apply(1), children.apply(2)));
  }
}
