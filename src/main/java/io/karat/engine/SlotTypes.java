package io.karat.engine;

import io.karat.ledger.AccountChanges;
import io.karat.ledger.Anchor;
import io.karat.ledger.DatedSums;
import io.karat.ledger.Entry;
import io.karat.ledger.Merge;
import io.karat.ledger.Part;
import io.karat.ledger.TextSet;
import io.karat.ledger.TextSums;
import io.karat.ledger.ValueKind;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.UTF8String;

/** Types of the slots of a ledger's entries, and their values as rows of Spark have them. */
public final class SlotTypes implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<DataType> types;
  private final ArrayList<Merge> merges;
  private final Width[] widths;

  /** Width of a value within a row. */
  private enum Width {
    FLAG,
    BYTE,
    SHORT,
    INT,
    LONG,
    SHORT_DECIMAL,
    WIDE_DECIMAL,
    TEXT,
    BYTES,
    /** A text of a set. */
    MEMBER,
    /** A text and a number that is added to its sum. */
    SUMMAND,
    /** A text, a number that is added to its sum, its day or none, and the day of the row. */
    DATED_SUMMAND,
    /** The day of a change of an account, its due day and its amount. */
    CHANGE
  }

  private SlotTypes(List<DataType> types, List<Merge> merges) {
    this.types = new ArrayList<>(types);
    this.merges = new ArrayList<>(merges);
    List<Width> slots = new ArrayList<>();
    for (Merge merge : merges) {
      for (int place = 0; place < merge.slots(); place++) {
        slots.add(width(merge, types.get(slots.size())));
      }
    }
    widths = slots.toArray(Width[]::new);
  }

  /**
   * Types of the slots of some parts, one after another: numbers, texts, days, times or conditions.
   * Those of a set are texts, those of sums by text are pairs of a text and a number; see {@link
   * Merge} for structures of more columns.
   *
   * @param merges the merge functions of the parts
   */
  public static SlotTypes of(List<DataType> types, List<Merge> merges) {
    return new SlotTypes(types, merges);
  }

  /** The parts whose slots have these types. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    int slot = 0;
    for (Merge merge : merges) {
      slot += merge.slots();
      parts.add(Part.of(merge, kind(slot - 1), anchor(types.get(slot - 1))));
    }
    return parts;
  }

  private ValueKind kind(int slot) {
    return switch (widths[slot]) {
      case FLAG, BYTE, SHORT, INT, LONG, SHORT_DECIMAL -> ValueKind.NUMBER;
      case WIDE_DECIMAL -> ValueKind.DECIMAL;
      case TEXT, BYTES -> ValueKind.BYTES;
      case MEMBER -> ValueKind.SET;
      case SUMMAND -> ValueKind.SUMS;
      case DATED_SUMMAND -> ValueKind.DATED_SUMS;
      case CHANGE -> ValueKind.ACCOUNT;
    };
  }

  /** Whole numbers that Spark keeps in four bytes are numbers of months more often than not. */
  private static Anchor anchor(DataType type) {
    if (type instanceof DateType) {
      return Anchor.DAY;
    }

    return type instanceof IntegerType ? Anchor.MONTH : Anchor.NONE;
  }

  private static Width width(Merge merge, DataType type) {
    return switch (merge) {
      case DISTINCT -> Width.MEMBER;
      case SUMS -> Width.SUMMAND;
      case DATED_SUMS -> Width.DATED_SUMMAND;
      case ACCOUNT, BALANCE -> Width.CHANGE;
      default -> width(type);
    };
  }

  private static Width width(DataType type) {
    if (type instanceof BooleanType) {
      return Width.FLAG;
    } else if (type instanceof ByteType) {
      return Width.BYTE;
    } else if (type instanceof ShortType) {
      return Width.SHORT;
    } else if (type instanceof IntegerType
        || type instanceof DateType
        || type instanceof YearMonthIntervalType) {
      return Width.INT;
    } else if (type instanceof LongType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DayTimeIntervalType
        || type instanceof NullType) {
      return Width.LONG;
    } else if (type instanceof DecimalType decimal) {
      boolean isShort = decimal.precision() <= Decimal.MAX_LONG_DIGITS();
      return isShort ? Width.SHORT_DECIMAL : Width.WIDE_DECIMAL;
    } else if (type instanceof StringType) {
      return Width.TEXT;
    } else if (type instanceof BinaryType) {
      return Width.BYTES;
    }
    throw new IllegalStateException("A ledger keeps no %s.".formatted(type.simpleString()));
  }

  int size() {
    return widths.length;
  }

  /** The types and merge functions as text. */
  String text() {
    return "%s %s".formatted(types, merges);
  }

  /** The first slots of these, then others; {@code parts} tells where the first end. */
  SlotTypes and(SlotTypes more, int parts, int slots) {
    List<DataType> joined = new ArrayList<>(types.subList(0, slots));
    joined.addAll(more.types);
    List<Merge> joinedMerges = new ArrayList<>(merges.subList(0, parts));
    joinedMerges.addAll(more.merges);
    return new SlotTypes(joined, joinedMerges);
  }

  /** The type of a slot's value: the number of a set's members, the text with the largest sum. */
  DataType type(int slot) {
    return switch (widths[slot]) {
      case MEMBER -> DataTypes.LongType;
      case SUMMAND -> DataTypes.StringType;
      default -> types.get(slot);
    };
  }

  /**
   * Sets a slot of an entry to what a row has, if that is known.
   *
   * @param at the slot of the entry
   * @param slot the same slot among these types
   */
  void read(InternalRow row, int ordinal, Entry entry, int at, int slot) {
    if (row.isNullAt(ordinal)) {
      return;
    }

    switch (widths[slot]) {
      case FLAG -> entry.set(at, row.getBoolean(ordinal) ? 1 : 0);
      case BYTE -> entry.set(at, row.getByte(ordinal));
      case SHORT -> entry.set(at, row.getShort(ordinal));
      case INT -> entry.set(at, row.getInt(ordinal));
      case LONG -> entry.set(at, row.getLong(ordinal));
      case SHORT_DECIMAL -> entry.set(at, decimal(row, ordinal, slot).toUnscaledLong());
      case WIDE_DECIMAL ->
          entry.set(at, decimal(row, ordinal, slot).toJavaBigDecimal().unscaledValue());
      case TEXT -> entry.set(at, row.getUTF8String(ordinal).getBytes());
      case BYTES -> entry.set(at, row.getBinary(ordinal));
      case MEMBER -> entry.set(at, TextSet.of(row.getUTF8String(ordinal).getBytes()));
      case SUMMAND -> entry.set(at, summand(row.getStruct(ordinal, 2), slot));
      case DATED_SUMMAND -> entry.set(at, datedSummand(row.getStruct(ordinal, 4)));
      case CHANGE -> entry.set(at, change(row.getStruct(ordinal, 3)));
    }
  }

  private static Object datedSummand(InternalRow row) {
    OptionalInt day = row.isNullAt(2) ? OptionalInt.empty() : OptionalInt.of(row.getInt(2));
    return DatedSums.of(row.getUTF8String(0).getBytes(), row.getLong(1), day, row.getInt(3));
  }

  private static Object change(InternalRow row) {
    return AccountChanges.of(row.getInt(0), row.getInt(1), row.getLong(2));
  }

  /**
   * Sets a column of a row to the value of a slot. An unknown number of eight bytes is 0: of most,
   * an entry does not tell the two apart.
   */
  void write(Entry entry, int slot, InternalRow row, int column) {
    if (widths[slot] == Width.LONG) {
      row.setLong(column, entry.number(slot));
    } else if (entry.isKnown(slot)) {
      row.update(column, value(entry, slot));
    } else {
      row.setNullAt(column);
    }
  }

  private byte[] summand(InternalRow pair, int slot) {
    byte[] text = pair.getUTF8String(0).getBytes();
    DataType number = ((StructType) types.get(slot)).apply(1).dataType();
    if (number instanceof DecimalType type) {
      Decimal decimal = pair.getDecimal(1, type.precision(), type.scale());
      return TextSums.of(text, decimal.toJavaBigDecimal().unscaledValue());
    }

    return TextSums.of(text, pair.getLong(1));
  }

  private Decimal decimal(InternalRow row, int ordinal, int slot) {
    DecimalType type = (DecimalType) types.get(slot);
    return row.getDecimal(ordinal, type.precision(), type.scale());
  }

  /** Every text of a slot of sums with its sum, as rows have them; the slot must be known. */
  static ArrayData sums(Entry entry, int slot) {
    return new GenericArrayData(
        TextSums.all(entry.object(slot)).entrySet().stream()
            .map(
                it ->
                    new GenericInternalRow(
                        new Object[] {
                          UTF8String.fromString(it.getKey()),
                          Decimal.apply(
                              new BigDecimal(it.getValue()), DecimalType.MAX_PRECISION(), 0)
                        }))
            .toArray());
  }

  /** The value of a slot as rows have it, which must be known. */
  Object value(Entry entry, int slot) {
    return switch (widths[slot]) {
      case FLAG -> entry.number(slot) != 0;
      case BYTE -> (byte) entry.number(slot);
      case SHORT -> (short) entry.number(slot);
      case INT -> (int) entry.number(slot);
      case LONG -> entry.number(slot);
      case SHORT_DECIMAL -> {
        DecimalType type = (DecimalType) types.get(slot);
        yield Decimal.apply(entry.number(slot), type.precision(), type.scale());
      }
      case WIDE_DECIMAL -> {
        DecimalType type = (DecimalType) types.get(slot);
        BigDecimal decimal = new BigDecimal((BigInteger) entry.object(slot), type.scale());
        yield Decimal.apply(decimal, type.precision(), type.scale());
      }
      case TEXT -> UTF8String.fromBytes((byte[]) entry.object(slot));
      case BYTES -> entry.object(slot);
      case MEMBER -> TextSet.size(entry.object(slot));
      case SUMMAND -> UTF8String.fromBytes(TextSums.largest(entry.object(slot)));
      case DATED_SUMMAND, CHANGE ->
          throw new IllegalStateException("Others are derived from it; it is no value itself.");
    };
  }
}
