package io.karat.engine;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An aggregate function that turns the events of a customer's account into stretches of days
 * without change.
 *
 * <p>An event changes the balance on its day and the amount due on its due day. The order of events
 * does not matter, as only ends of days count. A balance that does not fit 64 bits of minor units
 * is null.
 *
 * <p>It is a typed imperative aggregate of Spark, like {@code collect_list}, but over primitive
 * numbers: no value is converted, and a customer's events are sorted within the aggregation buffer.
 */
@SuppressWarnings("serial") // The fields of Spark are serializable without declaring it.
public final class AccountDays extends TypedImperativeAggregate<AccountEvents>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * First and last day of a stretch, whether it contains the as-of day, the balance and the overdue
   * amount at the end of each of its days, and the day of the first transaction; days since 1970.
   */
  private static final DataType STRETCHES =
      DataTypes.createArrayType(
          new StructType()
              .add("first_day", DataTypes.IntegerType)
              .add("last_day", DataTypes.IntegerType)
              .add("is_current", DataTypes.BooleanType)
              .add("balance", DataTypes.LongType)
              .add("overdue", DataTypes.LongType)
              .add("first_transaction_day", DataTypes.IntegerType),
          false);

  private static final int DAY = 0;
  private static final int DUE_DAY = 1;
  private static final int AMOUNT = 2;
  private static final int IS_BILLED = 3;

  private final List<Expression> event;
  private final int from;
  private final int asOf;
  private final int mutableOffset;
  private final int inputOffset;

  private AccountDays(
      List<Expression> event, int from, int asOf, int mutableOffset, int inputOffset) {
    this.event = List.copyOf(event);
    this.from = from;
    this.asOf = asOf;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  /**
   * The stretches of a group of events that end on {@code from} or later, up to the as-of day. No
   * argument may be null.
   *
   * @param day the day on which an event changes the balance, in days since 1970
   * @param dueDay the day on which it changes the amount due, {@link AccountEvents#NEVER} if it
   *     does not
   * @param amount the change, in minor units
   * @param isBilled whether the event is a transaction
   */
  public static Column of(
      Column day, Column dueDay, Column amount, Column isBilled, int from, int asOf) {
    List<Expression> event =
        List.of(day, dueDay, amount, isBilled).stream().map(ExpressionUtils::expression).toList();
    return ExpressionUtils.column(new AccountDays(event, from, asOf, 0, 0).toAggregateExpression());
  }

  @Override
  public AccountEvents createAggregationBuffer() {
    return AccountEvents.none();
  }

  @Override
  public AccountEvents update(AccountEvents events, InternalRow row) {
    events.add(
        (int) event.get(DAY).eval(row),
        (int) event.get(DUE_DAY).eval(row),
        (long) event.get(AMOUNT).eval(row),
        (boolean) event.get(IS_BILLED).eval(row));
    return events;
  }

  @Override
  public AccountEvents merge(AccountEvents events, AccountEvents more) {
    events.addAll(more);
    return events;
  }

  @Override
  public Object eval(AccountEvents events) {
    Object[] stretches =
        events.stretches(from, asOf).stream()
            .map(
                stretch ->
                    new GenericInternalRow(
                        new Object[] {
                          stretch.firstDay(),
                          stretch.lastDay(),
                          stretch.isCurrent(),
                          stretch.balance().orElse(null),
                          stretch.overdue().orElse(null),
                          stretch.firstTransactionDay().orElse(null)
                        }))
            .toArray();
    return new GenericArrayData(stretches);
  }

  @Override
  public byte[] serialize(AccountEvents events) {
    return events.toBytes();
  }

  @Override
  public AccountEvents deserialize(byte[] bytes) {
    return AccountEvents.of(bytes);
  }

  @Override
  public DataType dataType() {
    return STRETCHES;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public String prettyName() {
    return "account_days";
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(event).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new AccountDays(
        CollectionConverters.asJava(children), from, asOf, mutableOffset, inputOffset);
  }

  @Override
  public int mutableAggBufferOffset() {
    return mutableOffset;
  }

  @Override
  public int inputAggBufferOffset() {
    return inputOffset;
  }

  @Override
  public ImperativeAggregate withNewMutableAggBufferOffset(int offset) {
    return new AccountDays(event, from, asOf, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new AccountDays(event, from, asOf, mutableOffset, offset);
  }

  @Override
  public int productArity() {
    return 5;
  }

  @Override
  public Object productElement(int index) {
    return List.of(event, from, asOf, mutableOffset, inputOffset).get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof AccountDays;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AccountDays that
        && event.equals(that.event)
        && from == that.from
        && asOf == that.asOf
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(event, from, asOf, mutableOffset, inputOffset);
  }
}
