package io.karat.engine;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An aggregate function whose rows have the same parts as its buffer, so that its result can be
 * aggregated by it again.
 *
 * <p>It is a declarative aggregate of Spark: grouped by hash and compiled together with sums and
 * extremes.
 */
@SuppressWarnings("serial") // The fields of Spark are serializable without declaring it.
abstract class PairedAggregate extends DeclarativeAggregate {
  private static final long serialVersionUID = 1L;

  private final List<Expression> inputs;
  private final List<AttributeReference> buffer;

  /**
   * A function of some parts.
   *
   * @param inputs the parts of a row
   * @param names of the parts in the result, a struct
   * @param types of the parts
   */
  PairedAggregate(List<Expression> inputs, List<String> names, List<DataType> types) {
    this.inputs = List.copyOf(inputs);
    List<AttributeReference> attributes = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      attributes.add(
          new AttributeReference(
              names.get(i),
              types.get(i),
              true,
              Metadata.empty(),
              NamedExpression.newExprId(),
              seq(List.of())));
    }
    this.buffer = List.copyOf(attributes);
  }

  /** The parts of two groups together, each null if no row has one. */
  abstract List<Expression> together(
      List<? extends Expression> one, List<? extends Expression> other);

  @Override
  public Seq<Expression> initialValues() {
    return seq(
        buffer.stream().<Expression>map(part -> Literal.create(null, part.dataType())).toList());
  }

  @Override
  public Seq<Expression> updateExpressions() {
    return seq(together(buffer, inputs));
  }

  @Override
  public Seq<Expression> mergeExpressions() {
    return seq(together(buffer, CollectionConverters.asJava(inputAggBufferAttributes())));
  }

  @Override
  public Expression evaluateExpression() {
    List<Expression> fields = new ArrayList<>();
    for (AttributeReference part : buffer) {
      fields.add(Literal.create(part.name(), DataTypes.StringType));
      fields.add(part);
    }
    return new CreateNamedStruct(seq(fields));
  }

  @Override
  public Seq<AttributeReference> aggBufferAttributes() {
    return seq(buffer);
  }

  @Override
  public DataType dataType() {
    StructType type = new StructType();
    for (AttributeReference part : buffer) {
      type = type.add(part.name(), part.dataType());
    }
    return type;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public Seq<Expression> children() {
    return seq(inputs);
  }

  @Override
  public int productArity() {
    return inputs.size();
  }

  @Override
  public Object productElement(int index) {
    return inputs.get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other != null && other.getClass() == getClass();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PairedAggregate that
        && canEqual(other)
        && inputs.equals(that.inputs)
        && dataType().equals(that.dataType());
  }

  @Override
  public int hashCode() {
    return inputs.hashCode();
  }

  static <T> Seq<T> seq(List<? extends T> items) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(items)).toSeq();
  }
}
