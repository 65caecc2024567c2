package io.karat.generate;

import static org.apache.spark.sql.functions.lit;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;

/** Exact money: whole cents as a decimal of two decimal places. */
final class CentAmounts {
  private CentAmounts() {}

  static Column ofCents(Column cents) {
    return cents.cast("decimal(16,0)").multiply(lit(new BigDecimal("0.01"))).cast("decimal(18,2)");
  }
}
