package io.karat.engine;

import io.karat.ledger.Entry;
import io.karat.ledger.EntryReader;
import io.karat.ledger.EntryWriter;
import io.karat.ledger.RowEntries;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.aggregate.ImperativeAggregate;
import org.apache.spark.sql.catalyst.expressions.aggregate.TypedImperativeAggregate;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An aggregate function that puts the rows of a customer together by day: one sorted binary of
 * entries of a ledger.
 *
 * <p>The order of rows does not matter. It is a typed imperative aggregate of Spark, like {@code
 * collect_list}, but a row takes only the bytes of its entry.
 */
public final class CustomerDays extends TypedImperativeAggregate<RowEntries>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Expression> row;
  private final DayShape shape;
  private final int mutableOffset;
  private final int inputOffset;
  private transient @Nullable Workspace workspace;

  private CustomerDays(List<Expression> row, DayShape shape, int mutableOffset, int inputOffset) {
    this.row = new ArrayList<>(row);
    this.shape = shape;
    this.mutableOffset = mutableOffset;
    this.inputOffset = inputOffset;
  }

  /**
   * The days of a group of rows, as a binary.
   *
   * @param day the day of a row; must not be null
   * @param values the values of a row, like the slots of {@code shape}
   */
  public static Column of(Column day, List<Column> values, DayShape shape) {
    List<Expression> row =
        Stream.concat(Stream.of(day), values.stream()).map(ExpressionUtils::expression).toList();
    return ExpressionUtils.column(new CustomerDays(row, shape, 0, 0).toAggregateExpression());
  }

  @Override
  public RowEntries createAggregationBuffer() {
    return RowEntries.none();
  }

  @Override
  public RowEntries update(RowEntries entries, InternalRow input) {
    workspace().add(input, entries);
    return entries;
  }

  @Override
  public RowEntries merge(RowEntries entries, RowEntries more) {
    entries.addAll(more);
    workspace().bound(entries);
    return entries;
  }

  @Override
  public Object eval(RowEntries entries) {
    return workspace().days(entries);
  }

  /** The workspace, made by the task that needs it first. */
  private Workspace workspace() {
    if (workspace == null) {
      workspace = new Workspace(shape, row);
    }
    return workspace;
  }

  @Override
  public byte[] serialize(RowEntries entries) {
    return entries.toBytes();
  }

  @Override
  public RowEntries deserialize(byte[] bytes) {
    return RowEntries.of(bytes);
  }

  @Override
  public DataType dataType() {
    return DataTypes.BinaryType;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public String prettyName() {
    return "customer_days";
  }

  @Override
  public Seq<Expression> children() {
    return CollectionConverters.asScala(row).toSeq();
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new CustomerDays(
        CollectionConverters.asJava(children), shape, mutableOffset, inputOffset);
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
    return new CustomerDays(row, shape, offset, inputOffset);
  }

  @Override
  public ImperativeAggregate withNewInputAggBufferOffset(int offset) {
    return new CustomerDays(row, shape, mutableOffset, offset);
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int index) {
    return List.of(row, shape, mutableOffset, inputOffset).get(index);
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof CustomerDays;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CustomerDays that
        && row.equals(that.row)
        && shape == that.shape
        && mutableOffset == that.mutableOffset
        && inputOffset == that.inputOffset;
  }

  @Override
  public int hashCode() {
    return Objects.hash(row, mutableOffset, inputOffset);
  }

  /** Workspace of one task, in which a row, transaction or day overwrites the one before. */
  private static final class Workspace {
    private static final int COMPUTED = -1;

    private final DayShape shape;
    private final List<Expression> columns;

    /** The columns of a row, which are read as they lie in memory, without an object for each. */
    private final int[] ordinals;

    private final Entry row;
    private final EntryWriter rowWriter;
    private final EntryReader rowReader;
    private final Entry unit;
    private final Entry sum;
    private final Entry day;
    private final EntryWriter dayWriter;

    Workspace(DayShape shape, List<Expression> columns) {
      this.shape = shape;
      this.columns = columns;
      ordinals =
          columns.stream()
              .mapToInt(it -> it instanceof BoundReference column ? column.ordinal() : COMPUTED)
              .toArray();
      row = new Entry(shape.rows.schema());
      rowWriter = new EntryWriter(shape.rows.schema());
      rowReader = new EntryReader(shape.rows.schema());
      unit = new Entry(shape.units.schema());
      sum = new Entry(shape.units.schema());
      day = new Entry(shape.days());
      dayWriter = new EntryWriter(shape.days());
    }

    void add(InternalRow input, RowEntries entries) {
      row.clear();
      for (int slot = 0; slot < ordinals.length - 1; slot++) {
        if (ordinals[slot + 1] == COMPUTED) {
          shape.rows.types().read(computed(slot + 1, input), 0, row, slot, slot);
        } else {
          shape.rows.types().read(input, ordinals[slot + 1], row, slot, slot);
        }
      }
      boolean isComputed = ordinals[0] == COMPUTED;
      int day = isComputed ? computed(0, input).getInt(0) : input.getInt(ordinals[0]);
      entries.add(day, row, rowWriter);
      bound(entries);
    }

    /** The memory of many rows grows with days, that of many lines with transactions. */
    void bound(RowEntries entries) {
      if (entries.areMany()) {
        entries.putTogether(
            rowReader,
            rowWriter,
            days -> shape.hasLines ? transactions(days) : List.of(days.sum(row)));
      }
    }

    /** The optimizer may have put a constant in the place of a column. */
    private InternalRow computed(int column, InternalRow input) {
      return new GenericInternalRow(new Object[] {columns.get(column).eval(input)});
    }

    byte[] days(RowEntries entries) {
      dayWriter.begin();
      RowEntries.Days days = entries.days(rowReader);
      while (days.nextDay()) {
        if (shape.hasLines) {
          sum.clear();
          addTransactions(days);
        } else {
          days.sum(sum);
        }
        day.clear();
        next(shape.units, days.day(), sum, day);
        dayWriter.append(days.day(), day);
      }
      return dayWriter.toBytes();
    }

    private void addTransactions(RowEntries.Days days) {
      for (Entry transaction : transactions(days)) {
        unit.clear();
        next(shape.rows, days.day(), transaction, unit);
        if (unit.number(shape.units.schema().slots() - 1) == 0) {
          unit.forget(shape.rows.carried());
        }
        sum.add(unit);
      }
    }

    /** The transactions that the lines of a day are parts of. */
    private Collection<Entry> transactions(RowEntries.Days days) {
      int key = shape.rows.carried();
      Map<List<Object>, Entry> transactions = new HashMap<>();
      while (days.nextRow()) {
        List<Object> id = List.of(text(days.row(), key), text(days.row(), key + 1));
        transactions.computeIfAbsent(id, it -> new Entry(shape.rows.schema())).add(days.row());
      }
      return transactions.values();
    }

    private static Object text(Entry line, int slot) {
      return line.isKnown(slot) ? ByteBuffer.wrap((byte[]) line.object(slot)) : false;
    }

    private static void next(DayShape.Level level, int day, Entry from, Entry to) {
      to.copy(from, level.carried());
      level.expressions().compute(day, from, level.types(), level.carried(), to, level.carried());
    }
  }
}
