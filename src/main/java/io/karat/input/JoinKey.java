package io.karat.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.SourceFormat;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;

/**
 * Column of the key of a join, compared as {@link KeyColumn} compares ids; a date is the text
 * 2026-03-01.
 *
 * @param isRaw whether text stays as it is written
 */
record JoinKey(String name, Column raw, DataType type, boolean isRaw) {
  static final String EXPECTED = "text, a whole number, a UUID or a date";

  static JoinKey of(Dataset<Row> rows, String name, boolean isRaw) {
    Column raw = rows.col(SourceFormat.quoted(name));
    return new JoinKey(name, raw, rows.select(raw).schema().apply(0).dataType(), isRaw);
  }

  /** The key; null where there is none, or its text was lost in decoding. */
  Column text() {
    KeyColumn key = new KeyColumn(raw, type, isRaw);
    return when(not(coalesce(key.isGarbled(), lit(false))), key.text());
  }

  boolean isReadable() {
    return isDate() || KeyColumn.isReadable(type);
  }

  /** Whether values of both can be equal: a number is never a date. */
  boolean isComparable(JoinKey other) {
    return isDate() == other.isDate() || isOpen() || other.isOpen();
  }

  private boolean isDate() {
    return type instanceof DateType;
  }

  private boolean isOpen() {
    return type instanceof StringType || type instanceof NullType;
  }

  @Override
  public String toString() {
    return "'%s' is %s".formatted(name, type.simpleString());
  }
}
