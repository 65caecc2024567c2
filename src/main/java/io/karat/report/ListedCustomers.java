package io.karat.report;

import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.ContributionTable;
import io.karat.scores.State;
import io.karat.tables.Columns;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Rows of the customers with the largest net sales, with what the list and the card of each show.
 *
 * @param columns the columns to read of customer_indicators, customer_value and value_contributions
 * @param level the state whose path over the nights is followed
 * @param kept the columns of which the value on the previous night is added
 */
record ListedCustomers(
    CustomerAggregates customers, List<String> columns, Optional<State> level, List<String> kept) {
  /** The codes of {@link #level} by night, a sign each: its position, - where there is none. */
  static final String PATH = "path";

  private static final int MOST_NIGHTS = 12;

  /** The nights of a path, earliest first. */
  List<LocalDate> nights() throws IOException {
    return List.copyOf(customers.tables().nights(MOST_NIGHTS).keySet());
  }

  /** The column of the value on the previous night. */
  static String before(String column) {
    return column + " before";
  }

  /**
   * Collects the customers, those with the largest net sales first.
   *
   * @param most the largest number of customers
   * @param earlier the previous night
   */
  List<Row> largest(int most, Optional<LocalDate> earlier) throws IOException {
    Dataset<Row> all = all();
    Column[] order = order(all);
    Dataset<Row> top = all.orderBy(order).limit(most).persist();
    try {
      Dataset<Row> rows = withContributions(top);
      return rows.join(paths(top, earlier), toSeq(Columns.CUSTOMER_ID), "left")
          .orderBy(order)
          .collectAsList();
    } finally {
      top.unpersist();
    }
  }

  /** All customers, whatever their number. */
  Dataset<Row> all() throws IOException {
    return only(customers.frame(ReleaseTables.INDICATORS))
        .join(only(customers.frame(ReleaseTables.VALUES)), Columns.CUSTOMER_ID);
  }

  /** The order by net sales, the largest first. */
  Column[] order(Dataset<Row> all) {
    String sales = CustomerAggregates.windowed("net_sales_amount", customers.settings());
    return CustomerAggregates.has(all, sales)
        ? new Column[] {col(sales).desc_nulls_last(), asc(Columns.CUSTOMER_ID)}
        : new Column[] {asc(Columns.CUSTOMER_ID)};
  }

  /** A column to join by, as Spark takes it. */
  static scala.collection.immutable.Seq<String> toSeq(String column) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(column)).toSeq();
  }

  private Dataset<Row> withContributions(Dataset<Row> top) throws IOException {
    if (!customers.tables().tables().has(ContributionTable.NAME)) {
      return top;
    }

    Dataset<Row> contributions = only(customers.frame(ContributionTable.NAME));
    return contributions.columns().length > 1
        ? broadcast(top).join(contributions, Columns.CUSTOMER_ID)
        : top;
  }

  private Dataset<Row> only(Dataset<Row> frame) {
    Set<String> there = new LinkedHashSet<>(List.of(Columns.CUSTOMER_ID));
    there.addAll(columns);
    there.retainAll(Set.of(frame.columns()));
    return frame.select(there.stream().map(Columns::column).toArray(Column[]::new));
  }

  /** What the history knows of some customers: their levels by night, and the previous values. */
  private Dataset<Row> paths(Dataset<Row> top, Optional<LocalDate> earlier) throws IOException {
    Dataset<Row> history =
        customers
            .history(
                customers.tables().nights(MOST_NIGHTS),
                Stream.concat(
                        Stream.of(Columns.AS_OF_DATE, Columns.CUSTOMER_ID),
                        Stream.concat(level.map(State::column).stream(), kept.stream()))
                    .toList())
            .join(broadcast(top.select(Columns.CUSTOMER_ID)), Columns.CUSTOMER_ID);
    List<Column> found = new ArrayList<>();
    List<Column> path = new ArrayList<>();
    for (LocalDate night : nights()) {
      if (level.isPresent() && CustomerAggregates.has(history, level.get().column())) {
        found.add(max(when(isOf(night), position(level.get()))).as(PATH + night));
        path.add(coalesce(col(PATH + night), lit("-")));
      }
    }
    List<Column> shown = new ArrayList<>(List.of(col(Columns.CUSTOMER_ID)));
    shown.add(
        path.isEmpty() ? lit("").as(PATH) : concat_ws("", path.toArray(Column[]::new)).as(PATH));
    for (String column : kept) {
      if (earlier.isPresent() && CustomerAggregates.has(history, column)) {
        found.add(max(when(isOf(earlier.get()), Columns.column(column))).as(before(column)));
        shown.add(Columns.column(before(column)));
      }
    }
    found.add(max(lit(true)).as("is_there"));
    return history
        .groupBy(Columns.CUSTOMER_ID)
        .agg(found.get(0), found.subList(1, found.size()).toArray(Column[]::new))
        .select(shown.toArray(Column[]::new));
  }

  private static Column isOf(LocalDate night) {
    return col(Columns.AS_OF_DATE).equalTo(lit(night));
  }

  private static Column position(State state) {
    Column position = lit(null).cast(DataTypes.StringType);
    for (int i = 0; i < state.codes().size(); i++) {
      position =
          when(
                  Columns.column(state.column()).equalTo(state.codes().get(i)),
                  lit(Integer.toString(i, Character.MAX_RADIX)))
              .otherwise(position);
    }
    return position;
  }
}
