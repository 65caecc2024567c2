package io.karat.draft;

import static org.apache.spark.sql.functions.expr;

import io.karat.engine.KeyText;
import io.karat.expressions.TrySemantics;
import io.karat.tables.Columns;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Column by which a table tells customers apart.
 *
 * @param expression the column in Spark SQL
 */
record CustomerColumn(TableProfile profile, String expression) {
  /** What part of values that are all different an approximate count may find. */
  private static final double UNIQUE = 0.8;

  /** What part of the customers of events a table of customers has at least. */
  private static final double SHARED = 0.2;

  /**
   * What speaks against a table of customers: it has a row for each, at least of a day.
   *
   * @param events the events whose customers it should have; empty if none are known
   */
  Optional<String> contradiction(Optional<DraftInput> events) {
    return isRepeated()
        ? Optional.of("has several rows of a customer")
        : events
            .filter(it -> !hasThoseOf(it.customer()))
            .map(it -> "few customers of '%s' are in it".formatted(it.kind().tableName()));
  }

  private boolean isRepeated() {
    return profile.table().snapshots().isEmpty()
        && profile.columns().stream()
            .filter(column -> column.reference().equals(expression))
            .anyMatch(column -> column.distinct() < UNIQUE * column.filled());
  }

  /** Whether the table has enough of the customers in the first rows of another one. */
  private boolean hasThoseOf(CustomerColumn events) {
    Dataset<Row> asked = events.ids(events.profile.sample());
    long all = asked.count();
    return asked.join(ids(profile.rows()), Columns.CUSTOMER_ID).count() >= SHARED * all;
  }

  private Dataset<Row> ids(Dataset<Row> rows) {
    return TrySemantics.lenient(
            rows.sparkSession(),
            () -> rows.select(KeyText.id(expr(expression).cast("string")).as(Columns.CUSTOMER_ID)))
        .na()
        .drop()
        .distinct();
  }
}
