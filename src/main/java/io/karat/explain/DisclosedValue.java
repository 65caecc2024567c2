package io.karat.explain;

import io.karat.measures.Measure;
import java.sql.Date;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** A value of a customer that may be shown to whoever asks for this customer. */
public final class DisclosedValue {
  /** Stands for the id of another customer, which is not shown. */
  public enum Withheld {
    /** There is such an id. */
    OTHER_CUSTOMER
  }

  private static final String PARENT = "parent_customer_id";

  private DisclosedValue() {}

  /**
   * The value in a column: none where it is unknown.
   *
   * @param uses the measures that it is computed from
   */
  public static Optional<Object> of(Row row, String column, Collection<Measure.Use> uses) {
    Object value = row.getAs(column);
    if (value instanceof String && uses.stream().anyMatch(DisclosedValue::isOfAnother)) {
      return Optional.of(Withheld.OTHER_CUSTOMER);
    }
    return Optional.ofNullable(value instanceof Date day ? day.toLocalDate() : value);
  }

  /** Whether a measure tells who the customer belongs to. */
  private static boolean isOfAnother(Measure.Use use) {
    return Stream.concat(
            use.measure().value().words().stream(),
            use.measure().where().stream().flatMap(where -> where.words().stream()))
        .anyMatch(word -> word.toLowerCase(Locale.ROOT).equals(PARENT));
  }
}
