package io.karat.input;

import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Counts of the keys of an input that are not what a key should be.
 *
 * @param repeated the keys that stand for more than one event, under several customers or days
 * @param contradicted the keys of one event that came again with other content; empty where the
 *     configuration says which delivery is preferred
 */
public record KeyCounts(long repeated, Optional<Long> contradicted) {
  /** The counts in a row of {@link InputRows#repeatedKeys}. */
  public static KeyCounts of(Row row) {
    return new KeyCounts(
        row.<Long>getAs(InputRows.REPEATED_KEYS),
        Optional.ofNullable(row.<Long>getAs(InputRows.CONTRADICTED_KEYS)));
  }
}
