package io.karat.engine;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * A row as an unambiguous text: each value with its number of characters before it, nulls marked,
 * so that different rows have different texts.
 */
public final class RowText implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType schema;
  private final boolean[] isLeftOut;

  private RowText(StructType schema, boolean[] isLeftOut) {
    this.schema = schema;
    this.isLeftOut = isLeftOut;
  }

  /**
   * The text of all columns of a table but some.
   *
   * @throws IllegalArgumentException if a column has a type that no published table has
   */
  public static RowText of(StructType schema, Set<String> leftOut) {
    StructField[] fields = schema.fields();
    boolean[] isLeftOut = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      requireKnown(fields[i]);
      isLeftOut[i] = leftOut.contains(fields[i].name());
    }
    return new RowText(schema, isLeftOut);
  }

  private static void requireKnown(StructField field) {
    DataType type = field.dataType();
    boolean isKnown =
        type instanceof StringType
            || type instanceof DecimalType
            || type instanceof LongType
            || type instanceof IntegerType
            || type instanceof BooleanType
            || type instanceof DateType
            || type instanceof TimestampType;
    if (!isKnown) {
      throw new IllegalArgumentException(
          "Column '%s' has type %s, of which there is no text"
              .formatted(field.name(), type.simpleString()));
    }
  }

  void write(InternalRow row, Buffer buffer) {
    for (int i = 0; i < isLeftOut.length; i++) {
      if (isLeftOut[i]) {
        continue;
      }
      if (row.isNullAt(i)) {
        buffer.addNull();
      } else {
        write(row, i, buffer);
      }
    }
  }

  private void write(InternalRow row, int column, Buffer buffer) {
    DataType type = schema.fields()[column].dataType();
    if (type instanceof StringType) {
      UTF8String text = row.getUTF8String(column);
      buffer.add(text.numChars(), text.getBytes());
    } else if (type instanceof DecimalType decimal) {
      buffer.add(
          row.getDecimal(column, decimal.precision(), decimal.scale())
              .toJavaBigDecimal()
              .toPlainString());
    } else if (type instanceof LongType || type instanceof TimestampType) {
      buffer.add(Long.toString(row.getLong(column)));
    } else if (type instanceof BooleanType) {
      buffer.add(Boolean.toString(row.getBoolean(column)));
    } else {
      int number = row.getInt(column);
      buffer.add(
          type instanceof DateType
              ? LocalDate.ofEpochDay(number).toString()
              : Integer.toString(number));
    }
  }

  /** A buffer for the text of one row, reused for the next. */
  static final class Buffer {
    private byte[] bytes = new byte[1024];
    private int length;

    void clear() {
      length = 0;
    }

    void addNull() {
      put((byte) '-');
    }

    void add(String ascii) {
      add(ascii.length(), ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    void add(int characters, byte[] text) {
      put(Integer.toString(characters).getBytes(StandardCharsets.ISO_8859_1));
      put((byte) ':');
      put(text);
    }

    byte[] digested(MessageDigest digest) {
      digest.update(bytes, 0, length);
      return digest.digest();
    }

    private void put(byte... more) {
      if (length + more.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, 2 * (length + more.length));
      }
      System.arraycopy(more, 0, bytes, length, more.length);
      length += more.length;
    }
  }
}
