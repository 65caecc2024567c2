package io.karat.scores;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.StepFunction;
import io.karat.settings.IndicatorSettings.Better;
import io.karat.tables.DecimalTypes;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/**
 * A scale from an indicator to points, from 0, the worst, to 100, the best. Points are in
 * millionths, so that all arithmetic after it is on whole numbers; null if the indicator is
 * unknown.
 */
sealed interface PointScale {
  /** 100 points. */
  long FULL = 100_000_000L;

  /** The points of a value. */
  Column of(Column value);

  /** The value that just reaches so many points, as a number of six decimals; null if none does. */
  Column valueFor(Column millionths);

  /**
   * The percentile rank: the share of customers below a value plus half of those equal to it.
   *
   * @param values rising; a value has the share of the nearest one at or below it, or of the first
   * @param shares in percent
   */
  record Rank(RankedValue type, List<BigDecimal> values, List<BigDecimal> shares, Better better)
      implements PointScale {
    @Override
    public Column of(Column value) {
      if (values.isEmpty()) {
        return lit(null).cast(DataTypes.LongType);
      }

      Column share = StepFunction.atOrBelow(units(), millionths()).of(type.of(value));
      return better == Better.HIGHER ? share : lit(FULL).minus(share);
    }

    /** Always one of the ranked values. */
    @Override
    public Column valueFor(Column millionths) {
      Column units =
          better == Better.HIGHER
              ? StepFunction.above(millionths(), units()).of(millionths.minus(1))
              : StepFunction.strictlyAtOrBelow(millionths(), units())
                  .of(lit(FULL).minus(millionths));
      return when(units.notEqual(StepFunction.NONE), type.number(units));
    }

    private long[] units() {
      return values.stream().mapToLong(type::of).toArray();
    }

    private long[] millionths() {
      return shares.stream().mapToLong(share -> share.movePointRight(6).longValueExact()).toArray();
    }
  }

  /**
   * A linear scale from {@code low} to {@code high}, limited to both, of the values or of their
   * signed logarithms, sign(x) log(1 + |x|). If both ends are the same, a value equal to them has
   * 50 points.
   */
  record Between(BigDecimal low, BigDecimal high, boolean isLogarithm, Better better)
      implements PointScale {
    @Override
    public Column of(Column value) {
      Column x = scaled(value.cast(DataTypes.DoubleType));
      Column part =
          isOnePoint()
              ? when(x.lt(from()), lit(0.0))
                  .when(x.gt(from()), lit(1.0))
                  .when(x.isNotNull(), lit(0.5))
              : x.minus(from()).divide(to().minus(from()));
      Column share = PointScale.millionths(part, 1);
      return better == Better.HIGHER ? share : lit(FULL).minus(share);
    }

    @Override
    public Column valueFor(Column millionths) {
      if (isOnePoint()) {
        return when(millionths.leq(FULL / 2), lit(low).cast(DecimalTypes.NUMBER));
      }

      Column good = millionths.divide(lit((double) FULL));
      Column part = better == Better.HIGHER ? good : lit(1.0).minus(good);
      Column x = from().plus(to().minus(from()).multiply(part));
      Column value = isLogarithm ? signum(x).multiply(exp(abs(x)).minus(1)) : x;
      return when(millionths.leq(FULL), PointScale.number(value));
    }

    private boolean isOnePoint() {
      return low.compareTo(high) >= 0;
    }

    private Column from() {
      return scaled(lit(low.doubleValue()));
    }

    private Column to() {
      return scaled(lit(high.doubleValue()));
    }

    private Column scaled(Column value) {
      return isLogarithm ? signum(value).multiply(log1p(abs(value))) : value;
    }
  }

  /**
   * The share of a target that is reached, times 100, at most {@code cap} times 100. If lower is
   * better, target and value change places, and a value of 0 or less has the most points.
   */
  record OfTarget(BigDecimal target, BigDecimal cap, Better better) implements PointScale {
    @Override
    public Column of(Column value) {
      Column actual = value.cast(DataTypes.DoubleType);
      Column aim = lit(target.doubleValue());
      Column ratio =
          better == Better.HIGHER
              ? actual.divide(aim)
              : when(actual.leq(0), lit(cap.doubleValue())).when(actual.gt(0), aim.divide(actual));
      return PointScale.millionths(ratio, cap.doubleValue());
    }

    @Override
    public Column valueFor(Column millionths) {
      Column ratio = millionths.divide(lit((double) FULL));
      Column aim = lit(target.doubleValue());
      Column value = better == Better.HIGHER ? aim.multiply(ratio) : aim.divide(ratio);
      return when(ratio.gt(0).and(ratio.leq(cap.doubleValue())), PointScale.number(value));
    }
  }

  /** A share, limited to 0 and {@code most}, in millionths of a point, rounded half up. */
  private static Column millionths(Column part, double most) {
    Column limited = least(greatest(part, lit(0.0)), lit(most));
    Column whole = floor(limited.multiply(lit((double) FULL)).plus(0.5));
    return when(part.isNotNull(), whole.cast(DataTypes.LongType));
  }

  private static Column number(Column value) {
    return round(value, DecimalTypes.NUMBER.scale()).try_cast(DecimalTypes.NUMBER);
  }
}
