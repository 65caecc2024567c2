package io.karat.input;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.KeyText;
import io.karat.settings.Characteristic;
import io.karat.settings.InputTable;
import io.karat.tables.Money;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;

/** The type of an optional column; a value that cannot be converted to it is null. */
public enum ColumnType {
  /** A key, as text. */
  KEY(KeyColumn.EXPECTED) {
    @Override
    boolean isReadable(DataType type) {
      return KeyColumn.isReadable(type);
    }

    @Override
    Column read(Column raw, DataType type, Money money) {
      return new KeyColumn(raw, type, false).text();
    }
  },
  /** Text, without what cannot be seen at its ends, as keys are; numbers that are whole as such. */
  TEXT("anything") {
    @Override
    boolean isReadable(DataType type) {
      return true;
    }

    @Override
    Column read(Column raw, DataType type, Money money) {
      if (type instanceof StringType || type instanceof BinaryType) {
        return KeyText.normalized(raw.cast("string"));
      }

      Column printed = raw.try_cast("string");
      return KeyColumn.isReadable(type)
          ? coalesce(new KeyColumn(raw, type, false).text(), printed)
          : printed;
    }
  },
  /** A business day. */
  DATE("a timestamp, date or text") {
    @Override
    boolean isReadable(DataType type) {
      return EventTime.isReadable(type);
    }

    @Override
    Column read(Column raw, DataType type, Money money) {
      return EventTime.day(raw, type);
    }
  },
  /** A business day on which something happened or is due; null where it stands for none. */
  EVENT_DATE("a timestamp, date or text") {
    @Override
    boolean isReadable(DataType type) {
      return DATE.isReadable(type);
    }

    @Override
    Column read(Column raw, DataType type, Money money) {
      Column day = DATE.read(raw, type, money);
      return when(not(EventTime.isAncient(day)), day);
    }
  },
  /** True or false; of numbers only 0 and 1. */
  FLAG("true or false, a number or text") {
    @Override
    boolean isReadable(DataType type) {
      return type instanceof BooleanType || ExactAmount.isReadable(type);
    }

    @Override
    Column read(Column raw, DataType type, Money money) {
      Column flag = raw.try_cast("boolean");
      return type instanceof BooleanType || type instanceof StringType
          ? flag
          : when(raw.isin(0, 1), flag);
    }
  },
  /** A whole number if the source column has a whole type, else one rounded to six decimals. */
  NUMBER("a number or text") {
    @Override
    Column read(Column raw, DataType type, Money money) {
      return raw.try_cast(isWhole(type) ? "bigint" : "decimal(38,6)");
    }
  },
  /** An amount, rounded to the configured decimals of money. */
  MONEY("a number or text") {
    @Override
    Column read(Column raw, DataType type, Money money) {
      return raw.try_cast(money.sumType());
    }
  },
  /** A satisfaction level from 1 to 5; null outside that range. */
  LEVEL("a number or text") {
    @Override
    Column read(Column raw, DataType type, Money money) {
      Column level = raw.try_cast("decimal(7,6)");
      return when(level.between(1, 5), level);
    }
  },
  /** A whole number from 0; null below it, and where there is a fraction. */
  COUNT("a number or text") {
    @Override
    Column read(Column raw, DataType type, Money money) {
      Column count = raw.try_cast("bigint");
      return type instanceof StringType
          ? when(count.geq(0), count)
          : when(count.geq(0).and(count.equalTo(raw)), count);
    }
  },
  /** A probability from 0 to 1; null outside that range. */
  PROBABILITY("a number or text") {
    @Override
    Column read(Column raw, DataType type, Money money) {
      Column probability = raw.try_cast("decimal(9,8)");
      return when(probability.between(0, 1), probability);
    }
  };

  private final String expected;

  ColumnType(String expected) {
    this.expected = expected;
  }

  /**
   * The type of a column that has no role beyond it; empty for others, which are read otherwise.
   */
  static Optional<ColumnType> of(InputTable.Role role) {
    return switch (role) {
      case ID, REFERENCE -> Optional.of(KEY);
      case TEXT -> Optional.of(TEXT);
      case SINCE, DATE -> Optional.of(EVENT_DATE);
      case FLAG -> Optional.of(FLAG);
      case COUNT -> Optional.of(COUNT);
      case NUMBER -> Optional.of(NUMBER);
      case LEVEL -> Optional.of(LEVEL);
      case PROBABILITY -> Optional.of(PROBABILITY);
      case CUSTOMER, TIME, AMOUNT, MONEY, SIZE, TYPE -> Optional.empty();
    };
  }

  /** The type of a characteristic. */
  static ColumnType of(Characteristic.Kind kind) {
    return switch (kind) {
      case CATEGORY -> TEXT;
      case NUMBER -> NUMBER;
      case MONEY -> MONEY;
      case FLAG -> FLAG;
      case DATE -> DATE;
    };
  }

  /** The source types it can be read from, in words. */
  String expected() {
    return expected;
  }

  /** Whether its values are texts, which must be in the stated charset. */
  boolean isText() {
    return this == KEY || this == TEXT;
  }

  /** Whether a value that is there may be none that it can be converted to. */
  boolean mayFail(DataType type) {
    return switch (this) {
      // A key or a text is always read; a row without a probability is quarantined.
      case KEY, TEXT, PROBABILITY -> false;
      case FLAG -> !(type instanceof BooleanType);
      case NUMBER -> !isWhole(type);
      case DATE, EVENT_DATE, MONEY, COUNT, LEVEL -> true;
    };
  }

  /** The type by which a value can be read: also a day that stands for none can. */
  ColumnType ofReading() {
    return this == EVENT_DATE ? DATE : this;
  }

  /** Whether it can be read from a column of that type. */
  boolean isReadable(DataType type) {
    return ExactAmount.isReadable(type);
  }

  /**
   * The value; null where it cannot be read.
   *
   * @param type the type of the source column, one that {@link #isReadable}
   */
  abstract Column read(Column raw, DataType type, Money money);

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }
}
