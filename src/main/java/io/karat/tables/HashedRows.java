package io.karat.tables;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The number of some rows of a table, and the sum of the first 128 bits of their digests.
 *
 * @param high the upper 64 bits of the sum modulo 2^128
 * @param low the lower 64 bits
 */
record HashedRows(String table, long rows, long high, long low) implements Serializable {
  /** Adds up the digests of rows. */
  static HashedRows of(String table, RowText text, Iterator<InternalRow> some) {
    MessageDigest sha256 = sha256();
    RowText.Buffer buffer = new RowText.Buffer();
    long rows = 0;
    long high = 0;
    long low = 0;
    while (some.hasNext()) {
      buffer.clear();
      text.write(some.next(), buffer);
      ByteBuffer digest = ByteBuffer.wrap(buffer.digested(sha256));
      long more = digest.getLong();
      long less = digest.getLong();
      low += less;
      high += more + (Long.compareUnsigned(low, less) < 0 ? 1 : 0);
      rows++;
    }
    return new HashedRows(table, rows, high, low);
  }

  /** The sum, at least 0. */
  BigInteger sum() {
    return new BigInteger(
        1, ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
