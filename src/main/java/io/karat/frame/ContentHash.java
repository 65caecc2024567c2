package io.karat.frame;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.conv;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;

/**
 * What a table holds, in one number that is equal for equal rows in any order and any files.
 *
 * <p>Of each row the SHA-256 of all columns but {@code run_id} in their order: nulls marked, texts
 * with their length, decimals at their scale, instants as microseconds. The first 128 bits of all
 * rows are added modulo 2^128.
 *
 * @param rows their number
 * @param hex the sum, as 32 hexadecimal digits
 */
public record ContentHash(long rows, String hex) {
  /** Of a table without rows. */
  public static final ContentHash NONE = new ContentHash(0, "0".repeat(32));

  private static final int LIMBS = 4;
  private static final int DIGITS = 8;
  private static final int BITS = 32;
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(LIMBS * BITS);

  /** Computes the hash of a table; starts one job. */
  public static ContentHash of(Dataset<Row> table) {
    Column digest = sha2(canonical(table), 256);
    Dataset<Row> digests = table.select(digest.as("digest"));
    List<Column> sums = new ArrayList<>();
    for (int limb = 0; limb < LIMBS; limb++) {
      Column digits = substring(col("digest"), limb * DIGITS + 1, DIGITS);
      sums.add(sum(conv(digits, 16, 10).cast("bigint")));
    }
    Row totals = digests.agg(count(lit(1)), sums.toArray(Column[]::new)).first();

    BigInteger hash = BigInteger.ZERO;
    for (int limb = 0; limb < LIMBS; limb++) {
      long total = totals.isNullAt(limb + 1) ? 0 : totals.getLong(limb + 1);
      hash = hash.shiftLeft(BITS).add(BigInteger.valueOf(total));
    }
    return new ContentHash(totals.getLong(0), "%032x".formatted(hash.mod(MODULUS)));
  }

  /** The hash of this table and another one together. */
  public ContentHash plus(ContentHash other) {
    BigInteger sum = new BigInteger(hex, 16).add(new BigInteger(other.hex, 16)).mod(MODULUS);
    return new ContentHash(rows + other.rows, "%032x".formatted(sum));
  }

  private static Column canonical(Dataset<Row> table) {
    return concat(
        Arrays.stream(table.schema().fields())
            .filter(field -> !field.name().equals(TableContract.RUN_ID))
            .map(ContentHash::canonical)
            .toArray(Column[]::new));
  }

  private static Column canonical(StructField field) {
    Column value = col("`" + field.name() + "`");
    Column text =
        field.dataType() instanceof TimestampType
            ? unix_micros(value).cast("string")
            : value.cast("string");
    return coalesce(concat(length(text).cast("string"), lit(":"), text), lit("-"));
  }
}
