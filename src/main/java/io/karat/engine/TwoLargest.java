package io.karat.engine;

import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An aggregate function for the two largest values of a group, over rows with up to two values
 * each.
 *
 * <p>It is a declarative aggregate of Spark: grouped by hash and compiled together with sums and
 * extremes. Its result can be aggregated by it again. A value that occurs twice counts twice.
 */
@SuppressWarnings("serial") // The fields of Spark are serializable without declaring it.
public final class TwoLargest extends DeclarativeAggregate {
  private static final long serialVersionUID = 1L;

  private static final String FIRST = "first";
  private static final String SECOND = "second";

  private final Expression first;
  private final Expression second;
  private final DataType type;
  private final AttributeReference largest;
  private final AttributeReference next;

  private TwoLargest(Expression first, Expression second, DataType type) {
    this.first = first;
    this.second = second;
    this.type = type;
    this.largest = attribute(FIRST, type);
    this.next = attribute(SECOND, type);
  }

  /**
   * The largest and the second largest value; null if there is none.
   *
   * @param first one value of each row, or the larger one
   * @param second the smaller one; null if there is only one
   * @param type the type of both
   */
  public static List<Column> of(Column first, Column second, DataType type) {
    Column both =
        ExpressionUtils.column(
            new TwoLargest(
                    ExpressionUtils.expression(first), ExpressionUtils.expression(second), type)
                .toAggregateExpression());
    return List.of(both.getField(FIRST), both.getField(SECOND));
  }

  private static AttributeReference attribute(String name, DataType type) {
    return new AttributeReference(
        name, type, true, Metadata.empty(), NamedExpression.newExprId(), seq(List.of()));
  }

  @Override
  public Seq<Expression> initialValues() {
    Expression none = Literal.create(null, type);
    return seq(List.of(none, none));
  }

  @Override
  public Seq<Expression> updateExpressions() {
    return with(largest, next, first, second);
  }

  @Override
  public Seq<Expression> mergeExpressions() {
    Seq<AttributeReference> other = inputAggBufferAttributes();
    return with(largest, next, other.apply(0), other.apply(1));
  }

  /**
   * The two largest of two pairs: the larger first, and the largest of both seconds and the smaller
   * first.
   */
  private static Seq<Expression> with(
      Expression first, Expression second, Expression otherFirst, Expression otherSecond) {
    Expression smaller =
        new If(
            new And(new IsNotNull(first), new IsNotNull(otherFirst)),
            new Least(seq(List.of(first, otherFirst))),
            second);
    return seq(
        List.of(
            new Greatest(seq(List.of(first, otherFirst))),
            new Greatest(seq(List.of(second, otherSecond, smaller)))));
  }

  @Override
  public Expression evaluateExpression() {
    return new CreateNamedStruct(seq(List.of(name(FIRST), largest, name(SECOND), next)));
  }

  private static Expression name(String field) {
    return Literal.create(field, DataTypes.StringType);
  }

  @Override
  public Seq<AttributeReference> aggBufferAttributes() {
    return seq(List.of(largest, next));
  }

  @Override
  public DataType dataType() {
    return new StructType().add(FIRST, type).add(SECOND, type);
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public String prettyName() {
    return "two_largest";
  }

  @Override
  public Seq<Expression> children() {
    return seq(List.of(first, second));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new TwoLargest(children.apply(0), children.apply(1), type);
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int index) {
    return List.of(first, second, type).get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof TwoLargest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TwoLargest that
        && first.equals(that.first)
        && second.equals(that.second)
        && type.equals(that.type);
  }

  @Override
  public int hashCode() {
    return Objects.hash(first, second, type);
  }

  private static <T> Seq<T> seq(List<? extends T> items) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(items)).toSeq();
  }
}
