package io.karat.scores;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.run.UsageException;
import io.karat.settings.MissingValue;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * A weighted sum of points: each indicator's points times its share of all weights, rounded half up
 * to two decimals. The sum is limited to 100; what the limit takes away is a contribution too.
 *
 * @param name the model, as its contributions are published
 * @param parts the indicators to add up
 * @param isScored whether a customer has a score
 */
record WeightedScore(String name, List<Part> parts, Column isScored) {
  /** The name of the contribution that the limit takes away. */
  static final String LIMIT = "limit";

  private static final long HUNDRED = 100_00L;

  /** Millionths of a point in a hundredth of a point. */
  private static final long MILLIONTHS = 10_000L;

  /** The largest sum of weights whose products cannot overflow. */
  private static final BigInteger MOST_WEIGHT = BigInteger.valueOf(1_000_000_000L);

  WeightedScore {
    parts = List.copyOf(parts);
  }

  /**
   * One indicator of a score.
   *
   * @param indicator as its contributions are published
   * @param percentage the column of its points, in millionths
   * @param missing how an unknown indicator counts
   */
  record Part(String indicator, String percentage, BigDecimal weight, MissingValue missing) {
    /** The points, in millionths; null if the part does not count. */
    Column millionths() {
      Column known = Columns.column(percentage);
      return missing == MissingValue.SKIP ? known : coalesce(known, lit(0L));
    }
  }

  /** The column of the points of a part, in hundredths. */
  String points(Part part) {
    return "points %s %s".formatted(name, part.indicator());
  }

  /** The points of every part, in hundredths; null where the part does not count. */
  List<Column> points() {
    List<Long> weights = weights();
    Column all = all(weights);
    List<Column> points = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Column weighted = parts.get(i).millionths().multiply(weights.get(i));
      points.add(when(isScored, share(weighted, all)));
    }
    return points;
  }

  /** The sum of the weights that count for a customer. */
  private Column all(List<Long> weights) {
    long always = 0;
    Column sum = lit(0L);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).missing() == MissingValue.SKIP) {
        Column isKnown = parts.get(i).millionths().isNotNull();
        sum = sum.plus(when(isKnown, lit(weights.get(i))).otherwise(0L));
      } else {
        always += weights.get(i);
      }
    }
    return sum.plus(always);
  }

  private static Column share(Column weighted, Column all) {
    return half(weighted.multiply(2), all.multiply(MILLIONTHS));
  }

  /** Half of {@code doubled / divisor}, rounded half up; both are at least 0. */
  private static Column half(Column doubled, Column divisor) {
    return when(divisor.gt(0), call_function("div", doubled.plus(divisor), divisor.multiply(2)));
  }

  /**
   * The points, in millionths, that each part alone would need for {@code more} points, in
   * hundredths. The score has P hundredths more if 2 x millionths x weight is at least divisor x (2
   * P - 1), as points are rounded half up.
   */
  List<Column> millionthsFor(Column more) {
    List<Long> weights = weights();
    Column divisor = all(weights).multiply(MILLIONTHS);
    List<Column> needed = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Column points = Columns.column(points(parts.get(i))).plus(more);
      Column doubled = divisor.multiply(points.multiply(2).minus(1));
      long twice = 2 * weights.get(i);
      needed.add(call_function("div", doubled.plus(twice - 1), lit(twice)));
    }
    return needed;
  }

  /** The score in hundredths, from columns of points; null if no part is known. */
  Column score() {
    return when(sum().isNotNull(), least(sum(), lit(HUNDRED)));
  }

  /** The points beyond 100, in hundredths and negative; null if there are none. */
  Column limit() {
    return when(sum().gt(HUNDRED), lit(HUNDRED).minus(sum()));
  }

  private Column sum() {
    Column anything = lit(null).cast(DataTypes.LongType);
    Column sum = lit(0L);
    for (Part part : parts) {
      Column points = Columns.column(points(part));
      anything = coalesce(anything, points);
      sum = sum.plus(coalesce(points, lit(0L)));
    }
    return when(anything.isNotNull(), sum);
  }

  /**
   * The share of each part in all weights, in millionths of a percent; null if the part does not
   * count.
   */
  List<Column> percentOfWeights() {
    List<Long> weights = weights();
    Column all = all(weights);
    List<Column> percents = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Column percent = half(lit(weights.get(i) * 2 * PointScale.FULL), all);
      percents.add(when(isScored.and(parts.get(i).millionths().isNotNull()), percent));
    }
    return percents;
  }

  private List<Long> weights() {
    int scale =
        parts.stream().mapToInt(part -> part.weight().stripTrailingZeros().scale()).max().orElse(0);
    List<BigInteger> whole =
        parts.stream()
            .map(part -> part.weight().movePointRight(Math.max(0, scale)).toBigIntegerExact())
            .toList();
    BigInteger common = whole.stream().reduce(BigInteger.ZERO, BigInteger::gcd);
    BigInteger all = whole.stream().reduce(BigInteger.ZERO, BigInteger::add).divide(common);
    if (all.compareTo(MOST_WEIGHT) > 0) {
      throw new UsageException(
          "Weights of '%s' have too many digits to be added up exactly. Use fewer decimals."
              .formatted(name));
    }
    return whole.stream().map(weight -> weight.divide(common).longValueExact()).toList();
  }
}
