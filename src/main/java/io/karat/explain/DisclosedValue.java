package io.karat.explain;

import io.karat.measures.Measure;
import java.sql.Date;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Values of a customer that may be printed: ids of other customers are withheld. */
public final class DisclosedValue {
  /** Placeholder for a value that is not printed. */
  public enum Withheld {
    /** The id of another customer. */
    OTHER_CUSTOMER
  }

  private static final String PARENT = "parent_customer_id";

  private DisclosedValue() {}

  /**
   * Reads the value of a column; empty if it is unknown (null).
   *
   * @param uses the measures from which the column is computed
   */
  public static Optional<Object> of(Row row, String column, Collection<Measure.Use> uses) {
    Object value = row.getAs(column);
    if (value instanceof String && uses.stream().anyMatch(DisclosedValue::isOfAnother)) {
      return Optional.of(Withheld.OTHER_CUSTOMER);
    }
    return Optional.ofNullable(value instanceof Date day ? day.toLocalDate() : value);
  }

  /** Whether a measure names the customer's parent. */
  private static boolean isOfAnother(Measure.Use use) {
    return Stream.concat(
            use.measure().value().words().stream(),
            use.measure().where().stream().flatMap(where -> where.words().stream()))
        .anyMatch(word -> word.toLowerCase(Locale.ROOT).equals(PARENT));
  }
}
