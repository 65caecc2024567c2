package io.karat.input;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.KeyText;
import io.karat.tables.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.StringType;

/**
 * Values of the optional columns of an input, and of its keys. One that cannot be read is null, and
 * a bit of a set tells it from one that is not there.
 */
record OptionalValues(MappedRows mapped) {
  /** A set of optional columns whose values are there and cannot be read, a bit for each. */
  static final String UNREADABLE = "unreadable";

  /** The value of a column, null where it cannot be read. */
  Column of(String name, ColumnType type) {
    return switch (type) {
      case KEY -> key(name).text();
      case MONEY -> money(name);
      case TEXT, DATE, EVENT_DATE, FLAG, NUMBER, LEVEL, COUNT, PROBABILITY -> read(name, type);
    };
  }

  private Column read(String name, ColumnType type) {
    return type.read(MappedRows.raw(name), mapped.type(name), mapping().money());
  }

  /** More decimals than money has are refused as those of amounts are, or rounded. */
  private Column money(String name) {
    Column value = read(name, ColumnType.MONEY);
    boolean isRounded = mapping().isRounded();
    ExactAmount exact =
        new ExactAmount(MappedRows.raw(name), mapped.type(name), mapping().money(), isRounded);
    return isRounded || exact.isAlwaysInScale() ? value : when(exact.isInScale(), value);
  }

  KeyColumn key(String name) {
    return new KeyColumn(MappedRows.raw(name), mapped.type(name), mapping().isIdRaw());
  }

  /** The optional columns that may have values that cannot be read, in the order of their bits. */
  List<String> convertible() {
    return table().otherColumns().entrySet().stream()
        .filter(other -> mapping().maps(other.getKey()))
        .filter(other -> other.getValue().mayFail(mapped.type(other.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** True where the value of an optional column is there and cannot be read. */
  private Column isUnreadable(String name) {
    Column isThere =
        mapped.type(name) instanceof StringType
            ? KeyText.normalized(MappedRows.raw(name)).isNotNull()
            : MappedRows.raw(name).isNotNull();
    ColumnType type = Objects.requireNonNull(table().otherColumns().get(name));
    return isThere.and(of(name, type.ofReading()).isNull());
  }

  /** The columns of sets that {@link #isUnreadable(int)} looks into: one for 64 columns. */
  List<String> unreadableSets() {
    return IntStream.iterate(0, bit -> bit < convertible().size(), bit -> bit + Long.SIZE)
        .mapToObj(OptionalValues::setOf)
        .toList();
  }

  private static String setOf(int bit) {
    return bit < Long.SIZE ? UNREADABLE : UNREADABLE + " " + bit / Long.SIZE;
  }

  /** The sets of values that cannot be read, under the names of {@link #unreadableSets}. */
  List<Column> unreadable() {
    List<String> names = convertible();
    Map<String, Column> sets = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Column bit = when(isUnreadable(names.get(i)), lit(1L << i)).otherwise(lit(0L));
      sets.merge(setOf(i), bit, Column::bitwiseOR);
    }
    return sets.entrySet().stream().map(set -> set.getValue().as(set.getKey())).toList();
  }

  /** True where a row has the bit of an optional column. */
  static Column isUnreadable(int bit) {
    return col(setOf(bit)).bitwiseAND(lit(1L << bit)).notEqual(lit(0L));
  }

  /** True where an id or a text was lost in decoding; null where there is none. */
  Column isGarbled() {
    Stream<Column> ours =
        Stream.concat(
                Stream.of(Columns.CUSTOMER_ID),
                table().otherColumns().entrySet().stream()
                    .filter(other -> other.getValue().isText())
                    .map(Map.Entry::getKey))
            .filter(mapping()::maps)
            .map(name -> key(name).isGarbled());
    return Stream.concat(ours, mapped.garbledKeys()).reduce(lit(false), Column::or);
  }

  private InputMapping mapping() {
    return mapped.mapping();
  }

  private InputSchema table() {
    return mapping().table();
  }
}
