package io.karat.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.allocation.ResourceAllocation;
import io.karat.groups.GroupMembers;
import io.karat.groups.GroupTable;
import io.karat.input.Markets;
import io.karat.movement.MovementTables;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.scores.ScoreTables;
import io.karat.scores.ValueTable;
import io.karat.tables.Columns;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Figures about a customer as they were published, because they depend on other customers: its
 * group, its markets, the churn that was observed at its level of satisfaction, or the effort that
 * is allocated to it.
 *
 * @param subject of the figures
 * @param name of the resource, market or level, or the number of customers of the group
 * @param values by column, in their order; a value is empty if it is null
 */
public record PublishedFigures(Subject subject, String name, Map<String, Optional<Object>> values) {
  private static final String LEVEL = ScoreColumns.SATISFACTION_LEVEL;
  private static final String RESOURCE = "resource";
  private static final List<String> OF_CUSTOMER =
      List.of(
          Columns.CUSTOMER_ID,
          GroupMembers.GROUP,
          GroupMembers.LEVEL,
          GroupMembers.CUSTOMERS,
          LEVEL);
  private static final List<String> OF_ALLOCATION =
      List.of("tier", "effort_now", "effort_proposed", "effort_gap", "difficulty", "treatment");
  private static final List<String> OF_GROUP =
      List.of(
          "group_levels",
          "own_" + ScorePlan.SALES,
          "child_" + ScorePlan.SALES,
          GroupTable.SALES,
          "largest_member_share",
          "customer_class",
          "profit_tier");
  private static final List<String> OF_MARKET =
      List.of(
          ScorePlan.SALES,
          Markets.AMOUNT,
          "market_share",
          "buyer_count",
          Markets.CUSTOMERS,
          "penetration",
          Markets.SINCE);

  private static final List<String> OF_CHURN =
      List.of(
          "stated_rate",
          "used_rate",
          "observed_count",
          "left_count",
          "observed_rate",
          "observed_rate_low",
          "observed_rate_high",
          "verdict");

  public PublishedFigures {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Subject of figures. */
  public enum Subject {
    ALLOCATION,
    CHURN,
    GROUP,
    MARKET
  }

  /**
   * The figures about a customer; none of tables that the night does not have.
   *
   * @param characteristics the values by which the customer belongs to markets
   */
  static List<PublishedFigures> of(
      String customer, Map<String, String> characteristics, PublishedNight night)
      throws IOException {
    List<PublishedFigures> figures = new ArrayList<>(markets(characteristics, night));
    Optional<Row> own =
        row(
            night.table(ValueTable.NAME).map(PublishedFigures::ofCustomer),
            Columns.CUSTOMER_ID,
            customer);
    Optional<Dataset<Row>> groups = night.table(GroupTable.NAME);
    if (groups.isPresent() && own.isPresent()) {
      row(groups, GroupMembers.GROUP, own.get().getAs(GroupMembers.GROUP))
          .ifPresent(group -> figures.add(of(group, own.get())));
    }
    churn(own, night.table(MovementTables.CHURN_LEVELS.name())).ifPresent(figures::add);
    Optional<Dataset<Row>> efforts = night.table(ResourceAllocation.CUSTOMERS.name());
    if (efforts.isPresent()) {
      // One row per resource.
      efforts
          .get()
          .filter(col(Columns.CUSTOMER_ID).equalTo(customer))
          .orderBy(RESOURCE)
          .collectAsList()
          .forEach(
              row ->
                  figures.add(
                      new PublishedFigures(
                          Subject.ALLOCATION, row.getAs(RESOURCE), values(row, OF_ALLOCATION))));
    }
    return figures;
  }

  /** The columns of customers by which they belong to groups and levels. */
  private static Dataset<Row> ofCustomer(Dataset<Row> values) {
    List<String> there = Arrays.asList(values.columns());
    return values.select(
        OF_CUSTOMER.stream().filter(there::contains).map(Columns::column).toArray(Column[]::new));
  }

  /** The level of the customer's satisfaction, if churn was observed there. */
  private static Optional<PublishedFigures> churn(
      Optional<Row> own, Optional<Dataset<Row>> levels) {
    Optional<Object> level =
        own.flatMap(it -> values(it, List.of(LEVEL)).getOrDefault(LEVEL, Optional.empty()));
    if (level.isEmpty() || levels.isEmpty()) {
      return Optional.empty();
    }

    return levels
        .get()
        .filter(col(LEVEL).equalTo(level.get()).and(col("observed_count").gt(0)))
        .takeAsList(1)
        .stream()
        .findFirst()
        .map(
            row ->
                new PublishedFigures(
                    Subject.CHURN,
                    row.<BigDecimal>getAs(LEVEL).stripTrailingZeros().toPlainString(),
                    values(row, OF_CHURN)));
  }

  private static List<PublishedFigures> markets(
      Map<String, String> characteristics, PublishedNight night) throws IOException {
    Optional<Dataset<Row>> coverage = night.table(ScoreTables.COVERAGE);
    if (coverage.filter(it -> List.of(it.columns()).contains(Markets.SINCE)).isEmpty()) {
      return List.of();
    }

    Column isOwn =
        characteristics.entrySet().stream()
            .map(
                it ->
                    col(Markets.CHARACTERISTIC)
                        .equalTo(it.getKey())
                        .and(col(Markets.VALUE).equalTo(it.getValue())))
            .reduce(lit(false), Column::or);
    // One row per characteristic at most.
    return coverage
        .get()
        .filter(isOwn.and(col(Markets.SINCE).isNotNull()))
        .orderBy(Markets.CHARACTERISTIC)
        .collectAsList()
        .stream()
        .map(
            row ->
                new PublishedFigures(
                    Subject.MARKET,
                    "%s %s".formatted(row.getAs(Markets.CHARACTERISTIC), row.getAs(Markets.VALUE)),
                    values(row, OF_MARKET)))
        .toList();
  }

  private static Optional<Row> row(Optional<Dataset<Row>> table, String column, String value) {
    return table.flatMap(
        rows -> rows.filter(col(column).equalTo(value)).takeAsList(1).stream().findFirst());
  }

  private static PublishedFigures of(Row group, Row customer) {
    Map<String, Optional<Object>> values = values(customer, List.of(GroupMembers.LEVEL));
    values.putAll(values(group, OF_GROUP));
    return new PublishedFigures(
        Subject.GROUP, "%,d".formatted(customer.<Long>getAs(GroupMembers.CUSTOMERS)), values);
  }

  /** The values of those among some columns that there are. */
  private static Map<String, Optional<Object>> values(Row row, List<String> columns) {
    List<String> there = Arrays.asList(row.schema().fieldNames());
    Map<String, Optional<Object>> values = new LinkedHashMap<>();
    columns.stream()
        .filter(there::contains)
        .forEach(name -> values.put(name, Optional.ofNullable(row.getAs(name))));
    return values;
  }
}
