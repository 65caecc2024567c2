package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.ledger.Merge;
import io.karat.tables.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;

/** Partial aggregates of a measure: mergeable columns from which its result is computed. */
sealed interface PartialAggregate
    permits NameAggregate,
        PartialAggregate.Count,
        PartialAggregate.MonthBits,
        PartialAggregate.WholeSum,
        PartialAggregate.MoneySum,
        PartialAggregate.DecimalSum,
        PartialAggregate.MoneyExtreme,
        PartialAggregate.Extreme,
        PartialAggregate.LargestTwo,
        PartialAggregate.FirstMonthSum,
        PartialAggregate.Earliest,
        PartialAggregate.Gathered {
  /** The contribution of one value to each part; null if the value is null. */
  List<Column> parts(Column value);

  /** The result from the merged parts. */
  Column result(List<Column> parts);

  /** The merge functions by which a ledger merges the parts; one may merge several. */
  List<Merge> merges();

  /** The number of values that are not null; 0 if there are none. */
  record Count() implements PartialAggregate {
    @Override
    public List<Column> parts(Column value) {
      return List.of(when(value.isNotNull(), lit(1L)));
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.SUM);
    }

    @Override
    public Column result(List<Column> parts) {
      return coalesce(parts.get(0), lit(0L));
    }
  }

  /**
   * A set of calendar months, by their number; a longer history than 21 years is not told apart.
   */
  record MonthBits() implements PartialAggregate {
    private static final int BITS = 64;
    private static final int WORDS = 4;

    @Override
    public List<Column> parts(Column month) {
      Column number = month.mod(lit(WORDS * BITS));
      Column bit = functions.call_function("shiftleft", lit(1L), number.mod(lit(BITS)));
      return IntStream.range(0, WORDS)
          .mapToObj(
              word -> when(number.between(lit(word * BITS), lit(word * BITS + BITS - 1)), bit))
          .toList();
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.MONTHS);
    }

    @Override
    public Column result(List<Column> parts) {
      return parts.stream()
          .map(part -> coalesce(functions.bit_count(part), lit(0)).cast("bigint"))
          .reduce(Column::plus)
          .orElse(lit(0L));
    }
  }

  /** A sum of whole numbers; 0 if there are none. */
  record WholeSum() implements PartialAggregate {
    @Override
    public List<Column> parts(Column value) {
      return List.of(value.cast("bigint"));
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.SUM);
    }

    @Override
    public Column result(List<Column> parts) {
      return coalesce(parts.get(0), lit(0L));
    }
  }

  /** A sum of minor units, each times a whole factor, in two halves; 0 if there are none. */
  record MoneySum(Money money, Optional<Column> factor) implements PartialAggregate {
    MoneySum(Money money) {
      this(money, Optional.empty());
    }

    @Override
    public List<Column> parts(Column minorUnits) {
      Column high = Money.highHalf(minorUnits);
      Column low = Money.lowHalf(minorUnits);
      return factor.map(times -> product(high, low, times)).orElse(List.of(high, low));
    }

    /** The overflow of the lower half is carried to the upper one. */
    private static List<Column> product(Column high, Column low, Column factor) {
      Column product = low.multiply(factor);
      return List.of(high.multiply(factor).plus(Money.highHalf(product)), Money.lowHalf(product));
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.SUM, Merge.SUM);
    }

    @Override
    public Column result(List<Column> parts) {
      return money.sum(parts.get(0), parts.get(1));
    }
  }

  /** A sum of other decimals; 0 if there are none. A sum of more than 38 digits fails the run. */
  record DecimalSum(DataType type) implements PartialAggregate {
    @Override
    public List<Column> parts(Column value) {
      return List.of(value.try_cast(type));
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.SUM);
    }

    @Override
    public Column result(List<Column> parts) {
      return coalesce(parts.get(0), lit(0).cast(type));
    }
  }

  /** The least or greatest amount, in minor units; null if there is none. */
  record MoneyExtreme(Money money, Merge merge) implements PartialAggregate {
    @Override
    public List<Column> parts(Column minorUnits) {
      return List.of(minorUnits);
    }

    @Override
    public List<Merge> merges() {
      return List.of(merge);
    }

    @Override
    public Column result(List<Column> parts) {
      return money.amount(parts.get(0)).cast(money.sumType());
    }
  }

  /** The least or greatest value of any type; null if there is none. */
  record Extreme(DataType type, Merge merge) implements PartialAggregate {
    @Override
    public List<Column> parts(Column value) {
      return List.of(value.cast(type));
    }

    @Override
    public List<Merge> merges() {
      return List.of(merge);
    }

    @Override
    public Column result(List<Column> parts) {
      return parts.get(0);
    }
  }

  /**
   * The sum of the two largest values; null if there are none.
   *
   * @param money the money format if the values are minor units
   */
  record LargestTwo(DataType type, Optional<Money> money) implements PartialAggregate {
    @Override
    public List<Column> parts(Column value) {
      return List.of(value.try_cast(type), lit(null).cast(type));
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.TWO_LARGEST);
    }

    @Override
    public Column result(List<Column> parts) {
      Column both = functions.try_add(parts.get(0), coalesce(parts.get(1), lit(0).cast(type)));
      return money.map(amounts -> when(both.isNotNull(), sum(amounts, both))).orElse(both);
    }

    private static Column sum(Money amounts, Column minorUnits) {
      return amounts.sum(Money.highHalf(minorUnits), Money.lowHalf(minorUnits));
    }
  }

  /**
   * The sum of amounts over the first month that has one; 0 if there is none.
   *
   * @param month the month of a value
   */
  record FirstMonthSum(Column month, Money money) implements PartialAggregate {
    @Override
    public List<Column> parts(Column minorUnits) {
      return List.of(
          when(minorUnits.isNotNull(), month),
          Money.highHalf(minorUnits),
          Money.lowHalf(minorUnits));
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.SUM_OF_LEAST);
    }

    @Override
    public Column result(List<Column> parts) {
      return money.sum(parts.get(1), parts.get(2));
    }
  }

  /**
   * The value of the earliest day; null if there is none. A customer has at most one value per day.
   *
   * @param day the day of a value
   * @param money the money format if the values are minor units
   */
  record Earliest(Column day, DataType type, Optional<Money> money) implements PartialAggregate {
    @Override
    public List<Column> parts(Column value) {
      Column kept = value.try_cast(type);
      return List.of(when(kept.isNotNull(), day), kept);
    }

    @Override
    public List<Merge> merges() {
      return List.of(Merge.EARLIEST);
    }

    @Override
    public Column result(List<Column> parts) {
      return money
          .map(amounts -> amounts.amount(parts.get(1)).cast(amounts.sumType()))
          .orElse(parts.get(1));
    }
  }

  /** Values that other measures are derived from; they have no result of their own. */
  record Gathered(Merge merge) implements PartialAggregate {
    @Override
    public List<Column> parts(Column value) {
      return List.of(value);
    }

    @Override
    public List<Merge> merges() {
      return List.of(merge);
    }

    @Override
    public Column result(List<Column> parts) {
      throw new IllegalStateException("Gathered values have no result of their own.");
    }
  }
}
