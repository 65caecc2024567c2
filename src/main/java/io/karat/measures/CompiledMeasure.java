package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.TrySemantics;
import io.karat.ledger.Merge;
import io.karat.measures.PartialAggregate.Earliest;
import io.karat.measures.PartialAggregate.LargestTwo;
import io.karat.run.UsageException;
import io.karat.settings.MeasureSettings.Aggregate;
import io.karat.settings.MeasureSettings.Per;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A measure compiled for the rows of one level: the contributions of a row, and the partial
 * aggregates that merge them and give the result.
 *
 * @param contributions one column per part, null on rows that do not count
 */
record CompiledMeasure(String name, List<Column> contributions, PartialAggregate accumulation) {

  /**
   * Compiles {@code measure} for {@code rows}.
   *
   * @param words the names that its expressions may use, and their columns
   * @param counts the condition for a row to count
   * @throws UsageException if an expression does not fit the types of the columns that it names
   */
  static CompiledMeasure of(
      Measure measure, Dataset<Row> rows, ExpressionScope words, Money money, Column counts) {
    Valued valued = valued(measure, fittingType(measure, rows, words), words, money);
    Column isCounted =
        measure.where().map(where -> counts.and(where.column(words.columns()))).orElse(counts);
    Column value = when(isCounted, valued.value());
    return new CompiledMeasure(
        measure.name(), valued.accumulation().parts(value), valued.accumulation());
  }

  /** Compiles a measure of a plain column. */
  static CompiledMeasure of(String name, Column value, PartialAggregate accumulation) {
    return new CompiledMeasure(name, accumulation.parts(value), accumulation);
  }

  /** The same measure at the next level, which adds up the groups that meet {@code condition}. */
  CompiledMeasure carriedWhere(Column condition) {
    List<Column> carried = partNames().stream().map(part -> when(condition, col(part))).toList();
    return new CompiledMeasure(name, carried, accumulation);
  }

  /** The contributions of a row, as columns named like {@link #partNames}. */
  List<Column> contributionColumns() {
    return zip(contributions, partNames(), Column::as);
  }

  List<String> partNames() {
    int size = accumulation.merges().stream().mapToInt(Merge::slots).sum();
    return IntStream.range(0, size).mapToObj(part -> name + "__" + part).toList();
  }

  /**
   * The same measure over the days of a period.
   *
   * @param column the name of the result
   * @param first the first of its parts in an entry
   */
  PeriodMeasure over(Period period, String column, int first) {
    return new PeriodMeasure(this, period, column, first);
  }

  private static Valued valued(Measure measure, DataType type, ExpressionScope words, Money money) {
    RowExpression expression = measure.value();
    if (measure.aggregate() == Aggregate.COUNT) {
      return new Valued(expression.column(words.columns()), new PartialAggregate.Count());
    }

    if (measure.per() == Per.CHANNEL) {
      NameAggregate.LargestName largest = new NameAggregate.LargestName(col("channel"));
      return new Valued(
          summand(expression, type, words),
          measure.aggregate() == Aggregate.LARGEST ? largest : new NameAggregate.NameSums(largest));
    }

    Column month = ExpressionScope.monthNumber(col("day"));
    if (measure.aggregate() == Aggregate.MONTHS) {
      Column isKnown = expression.column(words.columns()).isNotNull();
      return new Valued(when(isKnown, month), new PartialAggregate.MonthBits());
    }

    Optional<Column> minor = expression.asWord().flatMap(words::money);
    if (measure.aggregate() == Aggregate.TWO_LARGEST) {
      return minor
          .map(units -> new Valued(units, new LargestTwo(DataTypes.LongType, Optional.of(money))))
          .orElseGet(() -> largestTwo(expression.column(words.columns()), type));
    }

    if (measure.aggregate() == Aggregate.FIRST_MONTH) {
      Column units =
          minor.orElseThrow(
              () ->
                  new UsageException(
                      "Measure '%s' cannot be computed: 'first_month' is not an amount, expected a column of money such as amount."
                          .formatted(measure.name())));
      return new Valued(units, new PartialAggregate.FirstMonthSum(month, money));
    }

    if (measure.aggregate() == Aggregate.FIRST) {
      return first(minor, expression.column(words.columns()), type, money);
    }

    if (measure.aggregate() != Aggregate.SUM) {
      Merge merge = measure.aggregate() == Aggregate.MIN ? Merge.LEAST : Merge.GREATEST;
      return minor
          .map(units -> new Valued(units, new PartialAggregate.MoneyExtreme(money, merge)))
          .orElseGet(() -> extreme(expression.column(words.columns()), type, merge));
    }

    return minor
        .map(units -> new Valued(units, new PartialAggregate.MoneySum(money)))
        .or(() -> expression.asProduct().flatMap(product -> moneyTimes(product, words, money)))
        .orElseGet(() -> sum(expression.column(words.columns()), type));
  }

  /** Money times a whole number, such as an amount times days, is added up in minor units. */
  private static Optional<Valued> moneyTimes(
      RowExpression.Product product, ExpressionScope words, Money money) {
    return product
        .left()
        .asWord()
        .flatMap(words::money)
        .filter(units -> words.wholeNumbers().containsAll(product.right().words()))
        .filter(units -> product.right().asWord().isPresent())
        .map(
            units ->
                new Valued(
                    units,
                    new PartialAggregate.MoneySum(
                        money,
                        Optional.of(product.right().column(words.columns()).cast("bigint")))));
  }

  private static Valued sum(Column value, DataType type) {
    return isWhole(type)
        ? new Valued(value, new PartialAggregate.WholeSum())
        : new Valued(value, new PartialAggregate.DecimalSum(decimal(type)));
  }

  /** Money in minor units, other numbers as they are: whatever is added up exactly. */
  private static Column summand(RowExpression expression, DataType type, ExpressionScope words) {
    Column value = expression.column(words.columns());
    return expression
        .asWord()
        .flatMap(words::money)
        .orElseGet(() -> isWhole(type) ? value.cast("bigint") : value.try_cast(decimal(type)));
  }

  private static Valued largestTwo(Column value, DataType type) {
    DataType kept = isWhole(type) ? DataTypes.LongType : decimal(type);
    return new Valued(value, new LargestTwo(kept, Optional.empty()));
  }

  private static Valued first(Optional<Column> minor, Column value, DataType type, Money money) {
    DataType kept = isFraction(type) ? decimal(type) : type;
    return minor.isPresent()
        ? new Valued(minor.get(), new Earliest(col("day"), DataTypes.LongType, Optional.of(money)))
        : new Valued(value, new Earliest(col("day"), kept, Optional.empty()));
  }

  private static Valued extreme(Column value, DataType type, Merge merge) {
    DataType kept = isFraction(type) ? decimal(type) : type;
    return new Valued(value.try_cast(kept), new PartialAggregate.Extreme(kept, merge));
  }

  /**
   * The type of the values that a measure aggregates.
   *
   * @throws UsageException if an expression does not fit the types of the columns that it names
   */
  static DataType fittingType(Measure measure, Dataset<Row> rows, ExpressionScope words) {
    Column value = measure.value().column(words.columns());
    Column where = measure.where().map(it -> it.column(words.columns())).orElse(lit(true));
    StructType types = types(measure, rows, value.as("value"), where.as("where"));
    DataType condition = types.apply("where").dataType();
    if (!(condition instanceof BooleanType)) {
      throw new UsageException(
          "Measure '%s' cannot be computed: 'where' is %s, expected a condition."
              .formatted(measure.name(), condition.simpleString()));
    }

    return types.apply("value").dataType();
  }

  private static StructType types(Measure measure, Dataset<Row> rows, Column... expressions) {
    try {
      return TrySemantics.fitting(rows.sparkSession(), () -> rows.select(expressions)).schema();
    } catch (ExpressionException wrong) {
      throw new UsageException(
          "Measure '%s' cannot be computed: %s.".formatted(measure.name(), wrong.getMessage()),
          wrong);
    }
  }

  /**
   * Values as texts that are equal where the values are.
   *
   * @param type the type of the values
   */
  static Column text(Column value, DataType type) {
    if (type instanceof TimestampType) {
      return functions.unix_micros(value).cast("string");
    }

    Column plain = isFraction(type) ? when(value.equalTo(0), lit(0)).otherwise(value) : value;
    return plain.cast("string");
  }

  private static boolean isWhole(DataType type) {
    return type instanceof LongType
        || type instanceof IntegerType
        || type instanceof ShortType
        || type instanceof ByteType;
  }

  private static boolean isFraction(DataType type) {
    return type instanceof DoubleType || type instanceof FloatType;
  }

  /** Computed fractions are rounded to six decimals before they are added. */
  private static DecimalType decimal(DataType type) {
    int scale = type instanceof DecimalType decimal ? decimal.scale() : 6;
    return DataTypes.createDecimalType(DecimalType.MAX_PRECISION(), scale);
  }

  private static <A, B, R> List<R> zip(List<A> left, List<B> right, BiFunction<A, B, R> combine) {
    List<R> combined = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      combined.add(combine.apply(left.get(i), right.get(i)));
    }

    return combined;
  }

  /** A column of values and the partial aggregates that add them up. */
  private record Valued(Column value, PartialAggregate accumulation) {}
}
