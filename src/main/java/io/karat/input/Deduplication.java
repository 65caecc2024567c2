package io.karat.input;

import static io.karat.input.ValidatedRows.DAY;
import static io.karat.input.ValidatedRows.IS_OWN_ID;
import static io.karat.input.ValidatedRows.OUTCOME;
import static io.karat.input.ValidatedRows.PREFER;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;

/**
 * Deduplication of rows that were delivered again: equal in the key within one customer, or one
 * member of a group that counts as one customer, and business day. One of them stays: the highest
 * in {@code prefer}, then one under the customer's own id before those under an alias, then the
 * highest in all mapped columns in order.
 *
 * <p>Nulls within a key are equal to each other; rows whose whole key is null all stay.
 */
final class Deduplication {
  static final String IS_DUPLICATE = "is_duplicate";

  private final InputMapping mapping;
  private final boolean hasAliases;
  private final boolean hasGroups;

  Deduplication(InputMapping mapping, Optional<Aliases> aliases) {
    this.mapping = mapping;
    this.hasAliases = aliases.isPresent();
    this.hasGroups = aliases.filter(Aliases::areOfGroups).isPresent();
  }

  /**
   * Adds {@code is_duplicate} to candidate rows.
   *
   * @param tieBreakers the order of rows that are equal in every mapped column
   */
  Dataset<Row> mark(Dataset<Row> candidates, List<Column> tieBreakers) {
    if (mapping.key().isEmpty()) {
      return candidates.withColumn(IS_DUPLICATE, lit(false));
    }

    Column[] key =
        MappedRows.keyColumns(mapping).stream().map(functions::col).toArray(Column[]::new);
    Column isRepeated = row_number().over(deliveries(tieBreakers)).gt(1);
    Column isKnown = Arrays.stream(key).map(Column::isNotNull).reduce(lit(false), Column::or);
    return candidates.withColumn(IS_DUPLICATE, isKnown.and(isRepeated));
  }

  /** The columns that {@link #mark} reads beside customer, day and outcome. */
  Stream<String> columns() {
    return mapping.key().isEmpty()
        ? Stream.of()
        : Stream.of(
                MappedRows.keyColumns(mapping).stream(),
                mapping.prefer().stream().map(prefer -> PREFER),
                hasAliases ? Stream.of(IS_OWN_ID) : Stream.<String>of(),
                hasGroups ? Stream.of(Aliases.MEMBER) : Stream.<String>of(),
                order())
            .flatMap(names -> names)
            .distinct();
  }

  /** True for a row that a customer has under the own id. */
  Column isOwn() {
    return hasAliases ? col(IS_OWN_ID) : lit(true);
  }

  /** The columns in which rows are equal that are the same delivered again. */
  Column[] group() {
    List<Column> group = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID), col(DAY)));
    MappedRows.keyColumns(mapping).stream().map(functions::col).forEach(group::add);
    if (hasGroups) {
      group.add(col(Aliases.MEMBER));
    }
    return group.toArray(Column[]::new);
  }

  /** A hash comes first: it is nearly unique and compares faster than the key itself. */
  private WindowSpec deliveries(List<Column> tieBreakers) {
    List<Column> group = new ArrayList<>(List.of(group()));
    group.add(col(OUTCOME));
    group.add(0, xxhash64(group.toArray(Column[]::new)));

    List<Column> order = new ArrayList<>();
    mapping.prefer().ifPresent(prefer -> order.add(col(PREFER).desc_nulls_last()));
    if (hasAliases) {
      order.add(col(IS_OWN_ID).desc());
    }
    order().forEach(name -> order.add(col(name).desc_nulls_last()));
    order.addAll(tieBreakers);
    if (order.isEmpty()) {
      // Rows with nothing but a customer are equal, and a window must have an order.
      order.add(col(Columns.CUSTOMER_ID));
    }
    return Window.partitionBy(group.toArray(Column[]::new)).orderBy(order.toArray(Column[]::new));
  }

  /** The columns that rows of one key are compared by. */
  Stream<String> order() {
    return mapping.columns().keySet().stream().filter(name -> !name.equals(Columns.CUSTOMER_ID));
  }

  static Column isUsed() {
    return not(col(IS_DUPLICATE));
  }
}
