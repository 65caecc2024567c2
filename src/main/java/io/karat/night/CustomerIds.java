package io.karat.night;

import io.karat.engine.KeyText;
import io.karat.expressions.ExpressionException;
import io.karat.expressions.RowExpression;
import io.karat.expressions.TrySemantics;
import io.karat.input.Aliases;
import io.karat.input.InputMapping;
import io.karat.run.UsageException;
import io.karat.tables.Columns;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Ids under which one customer is known.
 *
 * @param asked the id that was asked for, which may be an alias
 * @param id the customer's own id, as in the tables
 * @param aliases all other ids, also those of the members of a group that counts as one customer
 * @param isGroup whether the customer is such a group
 */
public record CustomerIds(String asked, String id, SortedSet<String> aliases, boolean isGroup) {

  public CustomerIds {
    aliases = Collections.unmodifiableSortedSet(new TreeSet<>(aliases));
  }

  /** An id as it was asked for, in the form that ids have in the tables. */
  public static String key(NightPlan plan, String asked) {
    boolean isRaw = plan.mapping(plan.settings().inputs().leading()).isIdRaw();
    return isRaw ? asked : KeyText.normalized(asked);
  }

  static CustomerIds of(String asked, Optional<Aliases> known) {
    String id = known.map(all -> all.customer(asked)).orElse(asked);
    return new CustomerIds(
        asked,
        id,
        known.map(all -> all.aliases(id)).orElse(Collections.emptySortedSet()),
        known.filter(all -> all.isGroup(id)).isPresent());
  }

  /** Whether the customer was asked for by another id than its own. */
  public boolean isAskedByAlias() {
    return !asked.equals(id);
  }

  /**
   * Filters a source to the rows that name the customer. The condition is over the source's own
   * columns, so that Spark checks it while it reads files, before any row is shuffled.
   *
   * @throws UsageException if the customer's expression does not fit the source's types
   */
  Dataset<Row> only(Dataset<Row> source, InputMapping mapping) {
    RowExpression customer = mapping.columns().get(Columns.CUSTOMER_ID);
    if (customer == null || !hasColumns(source, customer)) {
      // The mapping of the rows reports the missing column.
      return source;
    }

    Object[] ids = ids().toArray();
    try {
      return TrySemantics.fitting(
          source.sparkSession(), () -> source.filter(mapping.customer(source).isin(ids)));
    } catch (ExpressionException wrong) {
      throw new UsageException(
          "Input '%s' cannot be mapped: %s".formatted(mapping.table().name(), wrong.getMessage()),
          wrong);
    }
  }

  private SortedSet<String> ids() {
    SortedSet<String> ids = new TreeSet<>(aliases);
    ids.add(id);
    return ids;
  }

  private static boolean hasColumns(Dataset<Row> source, RowExpression customer) {
    return customer.words().stream()
        .allMatch(word -> Arrays.stream(source.columns()).anyMatch(word::equalsIgnoreCase));
  }
}
