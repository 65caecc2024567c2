package io.karat.lifetime;

/**
 * A function of a moment y that falls: {@code (offset + y)^-exponent exp(-tilt y)}.
 *
 * @param offset above 0
 */
record Decay(double offset, double exponent, double tilt) {
  double log(double moment) {
    return (exponent == 0 ? 0 : -exponent * Math.log(offset + moment)) - tilt * moment;
  }
}
