package io.karat.measures;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.bit_count;
import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.measures.PartialAggregate.DayBits;
import io.karat.measures.PartialAggregate.Merge;
import io.karat.measures.PeriodMeasure.Part;
import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A count of the days with at least one row of a kind, such as a sale, without grouping by day.
 *
 * <p>Over a short period a customer's days are bits of a few numbers, which merge like any other
 * partial aggregate. Over a long one, rows are grouped into blocks of 64 days first.
 */
final class DistinctDays {
  /** The largest number of such columns per customer; a longer period is counted in blocks. */
  private static final int MOST_WORDS = 7;

  private static final int BLOCK = 64;
  private static final String BLOCK_NUMBER = "_block";

  private final MeasuredRows units;
  private final DayScope words;

  DistinctDays(MeasuredRows units, DayScope words) {
    this.units = units;
    this.words = words;
  }

  static boolean isShort(Period period) {
    return period
        .from()
        .filter(from -> DayBits.of(from, period.to()).words() <= MOST_WORDS)
        .isPresent();
  }

  /** The day count of a use over a short period, as one more measure of the measured rows. */
  PeriodMeasure ofShort(Measure.Use use) {
    DayBits bits = DayBits.of(use.period().from().orElseThrow(), use.period().to());
    String name = "_days_" + use.column();
    return CompiledMeasure.of(name, when(counted(use), col("day")), bits)
        .over(use.period(), use.column());
  }

  /** The day counts of uses over long periods; empty if there are no such uses. */
  Optional<PartialMeasures> ofLong(List<Measure.Use> uses) {
    List<Measure> measures = uses.stream().map(Measure.Use::measure).distinct().toList();
    if (measures.isEmpty()) {
      return Optional.empty();
    }

    List<Column> days = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID), number().as("_number")));
    List<Column> blocks = new ArrayList<>();
    for (Measure measure : measures) {
      String name = bits(measure);
      Column bit = call_function("shiftleft", lit(1L), pmod(col("_number"), lit(BLOCK)));
      days.add(counted(measure).as(name));
      blocks.add(Merge.UNION.of(when(col(name), bit)).as(name));
    }
    Column isCounted = measures.stream().map(this::counted).reduce(lit(false), Column::or);
    Dataset<Row> counted =
        units
            .rows()
            .filter(isCounted)
            .select(days.toArray(Column[]::new))
            .withColumn(BLOCK_NUMBER, floor(col("_number").divide(BLOCK)).cast("int"));
    Dataset<Row> masked =
        PartialMeasures.grouped(counted, List.of(Columns.CUSTOMER_ID, BLOCK_NUMBER), blocks);
    List<Column> sums =
        uses.stream().map(use -> sum(bit_count(inside(use)).cast("bigint")).as(part(use))).toList();
    return Optional.of(
        new PartialMeasures(
            PartialMeasures.grouped(masked, List.of(Columns.CUSTOMER_ID), sums),
            uses.stream().map(use -> Part.of(part(use), Merge.SUM)).toList(),
            uses.stream()
                .collect(toMap(Measure.Use::column, use -> coalesce(col(part(use)), lit(0L))))));
  }

  /** The bits of a block that are inside the period of a use. */
  private static Column inside(Measure.Use use) {
    Column first = col(BLOCK_NUMBER).multiply(BLOCK);
    Column bits = col(bits(use.measure()));
    Column after =
        use.period()
            .from()
            .map(from -> low(lit((int) from.toEpochDay()).minus(first)))
            .orElse(lit(0L));
    Column upTo = low(lit((int) use.period().to().toEpochDay() + 1).minus(first));
    return bits.bitwiseAND(upTo).bitwiseAND(after.bitwiseXOR(lit(-1L)));
  }

  /** A mask of the lowest {@code count} bits, 0 to 64 of them. */
  private static Column low(Column count) {
    Column bits = least(greatest(count, lit(0)), lit(BLOCK));
    return when(bits.equalTo(0), lit(0L))
        .otherwise(call_function("shiftrightunsigned", lit(-1L), lit(BLOCK).minus(bits)));
  }

  private Column counted(Measure.Use use) {
    return counted(use.measure());
  }

  private Column counted(Measure measure) {
    return words.counted(measure.countedDays().orElseThrow(), units.isUsed());
  }

  private static Column number() {
    return unix_date(col("day"));
  }

  private static String bits(Measure measure) {
    return "_bits_" + measure.name();
  }

  private static String part(Measure.Use use) {
    return "_days_" + use.column();
  }
}
