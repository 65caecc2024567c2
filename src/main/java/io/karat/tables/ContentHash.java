package io.karat.tables;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A hash of the content of a table, equal for equal rows in any order and any files.
 *
 * <p>The SHA-256 of each row is computed over all columns but {@code run_id} in order: nulls
 * marked, texts with their length, decimals at their scale, instants as microseconds. The first 128
 * bits of all rows are added modulo 2^128.
 *
 * @param rows the number of rows
 * @param hex the sum, as 32 hexadecimal digits
 */
public record ContentHash(long rows, String hex) {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  /** The hash of a table without rows. */
  public static final ContentHash NONE = of(0, BigInteger.ZERO);

  /** Computes the hash of a table; starts one job. */
  public static ContentHash of(Dataset<Row> table) {
    return ofAll(Map.of("", table)).values().iterator().next();
  }

  /** Computes the hashes of tables by name; starts one job for all of them. */
  public static Map<String, ContentHash> ofAll(Map<String, Dataset<Row>> tables) {
    List<JavaRDD<HashedRows>> all = new ArrayList<>();
    tables.forEach((name, table) -> all.add(hashed(name, table)));
    Map<String, ContentHash> hashes = new LinkedHashMap<>();
    tables.keySet().forEach(name -> hashes.put(name, NONE));
    for (HashedRows part : collected(all)) {
      hashes.merge(part.table(), of(part.rows(), part.sum()), ContentHash::plus);
    }
    return hashes;
  }

  private static List<HashedRows> collected(List<JavaRDD<HashedRows>> tables) {
    if (tables.isEmpty()) {
      return List.of();
    }

    JavaRDD<HashedRows> all = tables.get(0);
    for (JavaRDD<HashedRows> other : tables.subList(1, tables.size())) {
      all = all.union(other);
    }
    return all.collect();
  }

  private static JavaRDD<HashedRows> hashed(String name, Dataset<Row> table) {
    RowText text = RowText.of(table.schema(), Columns.RUN_ID);
    JavaRDD<InternalRow> rows =
        ((org.apache.spark.sql.classic.Dataset<Row>) table).queryExecution().toRdd().toJavaRDD();
    return rows.mapPartitions(some -> List.of(HashedRows.of(name, text, some)).iterator());
  }

  private static ContentHash of(long rows, BigInteger sum) {
    return new ContentHash(rows, "%032x".formatted(sum.mod(MODULUS)));
  }

  /** The hash of the rows of this table and another one together. */
  public ContentHash plus(ContentHash other) {
    return of(rows + other.rows, new BigInteger(hex, 16).add(new BigInteger(other.hex, 16)));
  }
}
