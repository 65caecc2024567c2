package io.karat.generate;

import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.Arrays;
import org.apache.spark.sql.Column;

/**
 * Seeded random draws: the same seed, purpose and keys give the same draw, wherever and whenever it
 * is made.
 *
 * <p>Draws of different purposes are independent of each other. A draw costs one hash, so it is
 * repeated where it is needed instead of being stored.
 */
record SeededRandom(long seed) {
  private static final int PIECE = 1 << 16;
  private static final double MEAN_OF_FOUR_PIECES = 2.0 * (PIECE - 1);
  private static final double DEVIATION_OF_FOUR_PIECES = PIECE / Math.sqrt(3);

  /** A uniform draw between 0 and 1, both exclusive. */
  Column uniform(String purpose, Column... keys) {
    return shiftrightunsigned(bits(purpose, keys), 12)
        .cast("double")
        .plus(lit(0.5))
        .multiply(lit(0x1p-52));
  }

  /** True in the given share of all draws. */
  Column happens(double share, String purpose, Column... keys) {
    return uniform(purpose, keys).lt(share);
  }

  /** A uniform whole number from 0 to {@code below} - 1. */
  Column whole(Column below, String purpose, Column... keys) {
    return floor(uniform(purpose, keys).multiply(below)).cast("int");
  }

  Column whole(int below, String purpose, Column... keys) {
    return whole(lit(below), purpose, keys);
  }

  /** The index of one of the shares, each drawn with that probability; the shares add up to 1. */
  Column weighted(double[] shares, String purpose, Column... keys) {
    Column even = uniform(purpose, keys);
    Column number = lit(0);
    double upTo = 0;
    for (double share : Arrays.copyOf(shares, shares.length - 1)) {
      upTo += share;
      number = number.plus(even.geq(upTo).cast("int"));
    }
    return number;
  }

  /** One of the values, each with the same probability. */
  Column oneOf(String[] values, String purpose, Column... keys) {
    return get(lit(values), whole(values.length, purpose, keys));
  }

  /** One of the values, the earlier ones much more often than the later ones. */
  Column mostlyEarlyOf(String[] values, String purpose, Column... keys) {
    Column even = uniform(purpose, keys);
    return get(lit(values), floor(even.multiply(even).multiply(values.length)).cast("int"));
  }

  /**
   * An approximately normal draw with mean 0 and deviation 1, never beyond 3.5: a sum of four
   * uniform draws.
   */
  Column bell(String purpose, Column... keys) {
    Column bits = bits(purpose, keys);
    Column sum = piece(bits, 0).plus(piece(bits, 16)).plus(piece(bits, 32)).plus(piece(bits, 48));
    return sum.minus(MEAN_OF_FOUR_PIECES).divide(DEVIATION_OF_FOUR_PIECES);
  }

  /**
   * An exponential draw with mean 1: a duration that may end at any moment with the same
   * probability.
   */
  Column lasting(String purpose, Column... keys) {
    return ln(uniform(purpose, keys)).multiply(-1);
  }

  /**
   * A count with a rate that differs between customers as a gamma variable of shape 2: negative
   * binomial, as in the literature on customer lifetime value. It is drawn as the sum of two
   * geometric variables, which needs no loop.
   *
   * @param mean a positive number
   */
  Column times(Column mean, String purpose, Column... keys) {
    Column decay = log1p(lit(2.0).divide(mean));
    Column first = floor(lasting(purpose + ", first half", keys).divide(decay));
    Column second = floor(lasting(purpose + ", second half", keys).divide(decay));
    return first.plus(second).cast("int");
  }

  private static Column piece(Column bits, int from) {
    return shiftrightunsigned(bits, from).bitwiseAND(lit(PIECE - 1L));
  }

  private Column bits(String purpose, Column... keys) {
    Column[] salted = new Column[keys.length + 1];
    salted[0] = xxhash64(lit(seed), lit(purpose));
    System.arraycopy(keys, 0, salted, 1, keys.length);
    return xxhash64(salted);
  }
}
