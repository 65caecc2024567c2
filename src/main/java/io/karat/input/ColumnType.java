package io.karat.input;

import static org.apache.spark.sql.functions.when;

import io.karat.frame.Money;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;

/** What an optional column holds; a value that cannot be read so is unknown. */
public enum ColumnType {
  /** Any text, as it is. */
  TEXT {
    @Override
    Column read(Column raw, DataType type, Money money) {
      return raw.try_cast("string");
    }
  },
  /** A day. */
  DATE {
    @Override
    Column read(Column raw, DataType type, Money money) {
      return EventTime.isReadable(type) ? EventTime.day(raw, type) : raw.try_cast("date");
    }
  },
  /** True or false. */
  FLAG {
    @Override
    Column read(Column raw, DataType type, Money money) {
      return raw.try_cast("boolean");
    }
  },
  /** A whole number where the source has one, else a number of six decimals. */
  NUMBER {
    @Override
    Column read(Column raw, DataType type, Money money) {
      return raw.try_cast(isWhole(type) ? "bigint" : "decimal(38,6)");
    }
  },
  /** An amount, with the decimals of money. */
  MONEY {
    @Override
    Column read(Column raw, DataType type, Money money) {
      return raw.try_cast(money.sumType());
    }
  },
  /** How content a customer is, from 1 to 5. */
  LEVEL {
    @Override
    Column read(Column raw, DataType type, Money money) {
      Column level = raw.try_cast("decimal(7,6)");
      return when(level.between(1, 5), level);
    }
  },
  /** How likely something is, from 0 to 1. */
  PROBABILITY {
    @Override
    Column read(Column raw, DataType type, Money money) {
      Column probability = raw.try_cast("decimal(9,8)");
      return when(probability.between(0, 1), probability);
    }
  };

  abstract Column read(Column raw, DataType type, Money money);

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }
}
