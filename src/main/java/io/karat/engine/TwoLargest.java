package io.karat.engine;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import scala.collection.immutable.IndexedSeq;

/**
 * An aggregate function for the two largest values of a group, over rows with up to two values
 * each. A value that occurs twice counts twice.
 */
@SuppressWarnings("serial") // The fields of Spark are serializable without declaring it.
public final class TwoLargest extends PairedAggregate {
  private static final long serialVersionUID = 1L;

  private static final String FIRST = "first";
  private static final String SECOND = "second";

  private final DataType type;

  private TwoLargest(List<Expression> values, DataType type) {
    super(values, List.of(FIRST, SECOND), List.of(type, type));
    this.type = type;
  }

  /**
   * The largest and the second largest value; null if there is none.
   *
   * @param first one value of each row, or the larger one
   * @param second the smaller one; null if there is only one
   * @param type the type of both
   */
  public static List<Column> of(Column first, Column second, DataType type) {
    List<Expression> values =
        List.of(ExpressionUtils.expression(first), ExpressionUtils.expression(second));
    Column both = ExpressionUtils.column(new TwoLargest(values, type).toAggregateExpression());
    return List.of(both.getField(FIRST), both.getField(SECOND));
  }

  /** The larger first, and the largest of both seconds and the smaller first. */
  @Override
  List<Expression> together(List<? extends Expression> one, List<? extends Expression> other) {
    List<Expression> firsts = List.of(one.get(0), other.get(0));
    Expression smaller =
        new If(
            new And(new IsNotNull(one.get(0)), new IsNotNull(other.get(0))),
            new Least(seq(firsts)),
            one.get(1));
    return List.of(
        new Greatest(seq(firsts)), new Greatest(seq(List.of(one.get(1), other.get(1), smaller))));
  }

  @Override
  public String prettyName() {
    return "two_largest";
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new TwoLargest(List.of(children.apply(0), children.apply(1)), type);
  }
}
