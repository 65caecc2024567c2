package io.karat.tables;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;

/**
 * A sample of customers by a hash of their ids: the same for any order and partitions of a table,
 * and all customers where they are few.
 */
public final class CustomerSample {
  /** A margin below the limit, as the hash spreads customers evenly but not exactly. */
  private static final double MARGIN = 1.02;

  private CustomerSample() {}

  /**
   * Whether a customer is in the sample.
   *
   * @param customers the number of all customers, or more
   * @param most the number that the sample has at most
   */
  public static Column isIn(long customers, long most) {
    return isIn(xxhash64(Columns.column(Columns.CUSTOMER_ID)), customers, most);
  }

  /** The same of a sample that is drawn by another hash of the id. */
  public static Column isIn(Column hash, long customers, long most) {
    long parts = customers <= most ? 1 : (long) Math.ceil(customers * MARGIN / most);
    return parts == 1 ? lit(true) : pmod(hash, lit(parts)).equalTo(lit(0L));
  }
}
