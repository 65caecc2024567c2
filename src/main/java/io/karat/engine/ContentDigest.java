package io.karat.engine;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The digest of the rows of a table, which come one by one: the first 128 bits of the SHA-256 of
 * each row, added modulo 2^128.
 */
public final class ContentDigest {
  private final RowText text;
  private final RowText.Buffer buffer = new RowText.Buffer();
  private final MessageDigest sha256 = sha256();
  private long rows;
  private long high;
  private long low;

  /** The digest of no rows, which are written as {@code text} says. */
  public ContentDigest(RowText text) {
    this.text = text;
  }

  /** Adds the digest of a row. */
  public void add(InternalRow row) {
    buffer.clear();
    text.write(row, buffer);
    ByteBuffer digest = ByteBuffer.wrap(buffer.digested(sha256));
    long more = digest.getLong();
    long less = digest.getLong();
    low += less;
    high += more + (Long.compareUnsigned(low, less) < 0 ? 1 : 0);
    rows++;
  }

  /** The number of rows so far. */
  public long rows() {
    return rows;
  }

  /** The sum of the digests of the rows so far, at least 0. */
  public BigInteger sum() {
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
