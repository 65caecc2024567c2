package io.karat.mart;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Rows in the text format of COPY: a line each, tabs between values, {@code \N} for null.
 *
 * <p>PostgreSQL stores neither the character NUL nor bytes that are no UTF-8; each becomes U+FFFD.
 * Days and instants outside its calendar become {@code infinity} and {@code -infinity}.
 */
final class CopyText implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final byte[] NULL = ascii("\\N");
  private static final byte[] TAB = ascii("\\t");
  private static final byte[] LINE_FEED = ascii("\\n");
  private static final byte[] CARRIAGE_RETURN = ascii("\\r");
  private static final byte[] BACKSLASH = ascii("\\\\");
  private static final byte[] AS_IT_IS = {};
  private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
  private static final byte[] INFINITY = ascii("infinity");
  private static final byte[] MINUS_INFINITY = ascii("-infinity");
  private static final long FIRST_DAY = LocalDate.of(-4712, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(294_275, 12, 31).toEpochDay();
  private static final int LAST_YEAR_OF_FOUR_DIGITS = 9999;
  private static final long MICROSECONDS_OF_DAY = 86_400_000_000L;
  private static final long MICROSECONDS_OF_SECOND = 1_000_000L;

  private final StructType schema;

  private CopyText(StructType schema) {
    this.schema = schema;
  }

  static CopyText of(StructType schema) {
    return new CopyText(schema);
  }

  private DataType type(int column) {
    return schema.fields()[column].dataType();
  }

  /** Sums of 0, one for each column; only those of decimal columns are used. */
  RunningDecimalSum[] noSums() {
    RunningDecimalSum[] sums = new RunningDecimalSum[schema.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = new RunningDecimalSum();
    }
    return sums;
  }

  boolean isDecimal(int column) {
    return type(column) instanceof DecimalType;
  }

  /** Writes a row, and adds its decimals to the sums. */
  void write(InternalRow row, CopyBuffer line, RunningDecimalSum[] sums) {
    for (int i = 0; i < sums.length; i++) {
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

  private void write(InternalRow row, int column, CopyBuffer line, RunningDecimalSum sum) {
    DataType type = type(column);
    if (type instanceof StringType) {
      writeText(row.getUTF8String(column), line);
    } else if (type instanceof DecimalType decimal) {
      write(row.getDecimal(column, decimal.precision(), decimal.scale()), line, sum);
    } else if (type instanceof IntegerType) {
      line.addDecimal(row.getInt(column), 0);
    } else if (type instanceof BooleanType) {
      line.add((byte) (row.getBoolean(column) ? 't' : 'f'));
    } else if (type instanceof DateType) {
      writeDay(row.getInt(column), "", line);
    } else if (type instanceof TimestampType) {
      writeInstant(row.getLong(column), line);
    } else if (type instanceof DoubleType) {
      line.add(ascii(Double.toString(row.getDouble(column))));
    } else {
      line.addDecimal(row.getLong(column), 0);
    }
  }

  private static void write(Decimal decimal, CopyBuffer line, RunningDecimalSum sum) {
    BigDecimal value = decimal.toJavaBigDecimal();
    if (value.precision() > RunningDecimalSum.DIGITS_OF_LONG) {
      sum.add(value);
      line.add(ascii(value.toPlainString()));
    } else {
      long units = value.unscaledValue().longValue();
      sum.add(units, value.scale());
      line.addDecimal(units, value.scale());
    }
  }

  private static void writeText(UTF8String text, CopyBuffer line) {
    byte[] bytes = text.isValid() ? text.getBytes() : text.makeValid().getBytes();
    int plain = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte[] instead = instead(bytes[i]);
      if (instead.length > 0) {
        line.add(bytes, plain, i);
        line.add(instead);
        plain = i + 1;
      }
    }
    line.add(bytes, plain, bytes.length);
  }

  /** The bytes to send in place of a byte; empty if it is sent as it is. */
  private static byte[] instead(byte character) {
    return switch (character) {
      case '\t' -> TAB;
      case '\n' -> LINE_FEED;
      case '\r' -> CARRIAGE_RETURN;
      case '\\' -> BACKSLASH;
      case 0 -> REPLACEMENT;
      default -> AS_IT_IS;
    };
  }

  private static void writeInstant(long microseconds, CopyBuffer line) {
    long day = Math.floorDiv(microseconds, MICROSECONDS_OF_DAY);
    long time = Math.floorMod(microseconds, MICROSECONDS_OF_DAY);
    long second = time / MICROSECONDS_OF_SECOND;
    writeDay(
        day,
        String.format(
            Locale.ROOT,
            " %02d:%02d:%02d.%06d+00",
            second / 3600,
            second / 60 % 60,
            second % 60,
            time % MICROSECONDS_OF_SECOND),
        line);
  }

  /** Writes a day with a time after it; the year before 1 AD is 1 BC. */
  private static void writeDay(long day, String time, CopyBuffer line) {
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

    String text =
        String.format(
            Locale.ROOT,
            "%04d-%02d-%02d%s%s",
            year > 0 ? year : 1 - year,
            date.getMonthValue(),
            date.getDayOfMonth(),
            time,
            year > 0 ? "" : " BC");
    line.add(ascii(text));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
