package io.karat.mart;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Rows as COPY reads them: a line each, tabs between values, {@code \N} for null.
 *
 * <p>PostgreSQL stores neither the character NUL nor bytes that are no UTF-8; each becomes U+FFFD.
 * Days and instants outside its calendar become {@code infinity} and {@code -infinity}.
 */
final class CopyText implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final byte[] NULL = ascii("\\N");
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final byte[] INFINITY = ascii("infinity");
  private static final byte[] MINUS_INFINITY = ascii("-infinity");
  private static final long FIRST_DAY = LocalDate.of(-4712, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(294_275, 12, 31).toEpochDay();
  private static final int LAST_YEAR_OF_FOUR_DIGITS = 9999;
  private static final long MICROSECONDS_OF_DAY = 86_400_000_000L;
  private static final long MICROSECONDS_OF_SECOND = 1_000_000L;

  private final DataType[] types;

  private CopyText(DataType[] types) {
    this.types = types;
  }

  static CopyText of(StructType schema) {
    DataType[] types = new DataType[schema.size()];
    for (int i = 0; i < types.length; i++) {
      StructField field = schema.fields()[i];
      types[i] = field.dataType();
    }
    return new CopyText(types);
  }

  /** Sums of the decimals of rows, one for each decimal column, to begin with. */
  ExactSum[] noSums() {
    ExactSum[] sums = new ExactSum[types.length];
    for (int i = 0; i < types.length; i++) {
      sums[i] = new ExactSum();
    }
    return sums;
  }

  boolean isDecimal(int column) {
    return types[column] instanceof DecimalType;
  }

  /** Writes a row, and adds its decimals to the sums. */
  void write(InternalRow row, ByteLine line, ExactSum[] sums) {
    for (int i = 0; i < types.length; i++) {
      if (i > 0) {
        line.add((byte) '\t');
      }
      if (row.isNullAt(i)) {
        line.add(NULL);
      } else {
        write(row, i, line, sums[i]);
      }
    }
    line.add((byte) '\n');
  }

  private void write(InternalRow row, int column, ByteLine line, ExactSum sum) {
    DataType type = types[column];
    if (type instanceof StringType) {
      writeText(row.getUTF8String(column), line);
    } else if (type instanceof DecimalType decimal) {
      BigDecimal value =
          row.getDecimal(column, decimal.precision(), decimal.scale()).toJavaBigDecimal();
      sum.add(value);
      line.add(ascii(value.toPlainString()));
    } else if (type instanceof IntegerType) {
      line.add(ascii(Integer.toString(row.getInt(column))));
    } else if (type instanceof BooleanType) {
      line.add((byte) (row.getBoolean(column) ? 't' : 'f'));
    } else if (type instanceof DateType) {
      writeDay(row.getInt(column), "", line);
    } else if (type instanceof TimestampType) {
      writeInstant(row.getLong(column), line);
    } else if (type instanceof DoubleType) {
      line.add(ascii(Double.toString(row.getDouble(column))));
    } else {
      line.add(ascii(Long.toString(row.getLong(column))));
    }
  }

  private static void writeText(UTF8String text, ByteLine line) {
    byte[] bytes = text.isValid() ? text.getBytes() : text.makeValid().getBytes();
    for (byte character : bytes) {
      switch (character) {
        case '\t' -> line.escape('t');
        case '\n' -> line.escape('n');
        case '\r' -> line.escape('r');
        case '\\' -> line.escape('\\');
        case 0 -> line.add(REPLACEMENT);
        default -> line.add(character);
      }
    }
  }

  private static void writeInstant(long microseconds, ByteLine line) {
    long day = Math.floorDiv(microseconds, MICROSECONDS_OF_DAY);
    long time = Math.floorMod(microseconds, MICROSECONDS_OF_DAY);
    long second = time / MICROSECONDS_OF_SECOND;
    writeDay(
        day,
        " %02d:%02d:%02d.%06d+00"
            .formatted(second / 3600, second / 60 % 60, second % 60, time % MICROSECONDS_OF_SECOND),
        line);
  }

  /** The year before 1 AD is 1 BC. */
  private static void writeDay(long day, String time, ByteLine line) {
    if (day < FIRST_DAY || day > LAST_DAY) {
      line.add(day < 0 ? MINUS_INFINITY : INFINITY);
      return;
    }

    LocalDate date = LocalDate.ofEpochDay(day);
    int year = date.getYear();
    if (time.isEmpty() && year > 0 && year <= LAST_YEAR_OF_FOUR_DIGITS) {
      line.add(ascii(date.toString()));
      return;
    }

    line.add(
        ascii(
            "%04d-%02d-%02d%s%s"
                .formatted(
                    year > 0 ? year : 1 - year,
                    date.getMonthValue(),
                    date.getDayOfMonth(),
                    time,
                    year > 0 ? "" : " BC")));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
