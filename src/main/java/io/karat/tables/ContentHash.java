package io.karat.tables;

import io.karat.engine.ContentDigest;
import io.karat.engine.RowText;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A hash of the content of a table, equal for equal rows in any order and any files.
 *
 * <p>The SHA-256 of each row is computed over all columns in order but {@code run_id} and {@code
 * refused_by_run_id}: nulls marked, texts with their length, decimals at their scale, instants as
 * microseconds. The first 128 bits of all rows are added modulo 2^128.
 *
 * @param rows the number of rows
 * @param hex the sum, as 32 hexadecimal digits
 */
public record ContentHash(long rows, String hex) implements Serializable {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  /** The columns that name a run, and do not count. */
  static final Set<String> RUNS = Set.of(Columns.RUN_ID, Columns.REFUSED_BY);

  /** The hash of a table without rows. */
  public static final ContentHash NONE = of(0, BigInteger.ZERO);

  /**
   * Computes the hash of a table; starts one job.
   *
   * @throws IllegalArgumentException if a column has a type that no published table has
   */
  public static ContentHash of(Dataset<Row> table) {
    RowText text = RowText.of(table.schema(), RUNS);
    JavaRDD<InternalRow> rows =
        ((org.apache.spark.sql.classic.Dataset<Row>) table).queryExecution().toRdd().toJavaRDD();
    return rows
        .mapPartitions(
            some -> {
              ContentDigest digest = new ContentDigest(text);
              some.forEachRemaining(digest::add);
              return List.of(of(digest.rows(), digest.sum())).iterator();
            })
        .collect()
        .stream()
        .reduce(NONE, ContentHash::plus);
  }

  static ContentHash of(long rows, BigInteger sum) {
    return new ContentHash(rows, "%032x".formatted(sum.mod(MODULUS)));
  }

  /** The hash of the rows of this table and another one together. */
  public ContentHash plus(ContentHash other) {
    return of(rows + other.rows, new BigInteger(hex, 16).add(new BigInteger(other.hex, 16)));
  }
}
