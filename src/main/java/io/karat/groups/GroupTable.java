package io.karat.groups;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.StackedProjections;
import io.karat.indicators.IndicatorColumn;
import io.karat.indicators.IndicatorPlan;
import io.karat.run.LowerCase;
import io.karat.scores.CutModel;
import io.karat.scores.ScorePlan;
import io.karat.scores.Scores;
import io.karat.scores.State;
import io.karat.scores.ValueTable;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The table {@code customer_groups}: one row per group with figures of the topmost customer, of the
 * others and of all, and its class and tier.
 */
public record GroupTable(GroupPlan plan, ScorePlan scores) {
  public static final String NAME = "customer_groups";

  /** The net sales of a group, by which it is compared with others. */
  public static final String SALES = "total_" + ScorePlan.SALES;

  private static final String SHARE = "largest_member_share";
  private static final String GROUP = "group";

  /** The table with built-in indicators, classes and tiers. */
  public static GroupTable builtIn() {
    return new GroupTable(GroupPlan.builtIn(), ScorePlan.builtIn());
  }

  public TableContract contract() {
    List<ColumnContract> columns = new ArrayList<>();
    for (Role role : Role.values()) {
      plan.figures().forEach(column -> columns.add(contract(role, column)));
    }
    plan.states()
        .forEach(
            state ->
                columns.addAll(
                    TableDefinitions.part(
                        "group_state",
                        Map.of(
                            "state",
                            state.column(),
                            "meaning",
                            state.meaning(),
                            "codes",
                            String.join(", ", state.codes())))));
    return TableDefinitions.table(NAME, columns);
  }

  private ColumnContract contract(Role role, IndicatorColumn column) {
    String part =
        switch (column.indicator().unit()) {
          case COUNT -> "group_count";
          case MONEY -> GroupPlan.isProduct(column) ? "group_number" : "group_money";
          case DAYS -> "group_days";
          case SHARE, NUMBER, DATE, TEXT, FLAG -> "group_number";
        };
    return TableDefinitions.part(
            part,
            Map.of(
                "column",
                name(role, column),
                "who",
                TableDefinitions.text(who(role), Map.of()),
                "figure",
                column.description(),
                "money_scale",
                scores.money().scale()))
        .get(0);
  }

  private static String who(Role role) {
    return switch (role) {
      case OWN -> "own_figures";
      case CHILD -> "child_figures";
      case TOTAL -> "total_figures";
    };
  }

  private static String name(Role role, IndicatorColumn column) {
    return LowerCase.of(role) + "_" + column.name();
  }

  /** The figures of each group of several customers and role, to be stored: they are used twice. */
  public Dataset<Row> merged(
      Dataset<Row> measures, GroupMembers members, IndicatorPlan indicators, LocalDate asOf) {
    List<IndicatorColumn> columns =
        Stream.concat(plan.figures().stream(), plan.scored().stream()).distinct().toList();
    return new MergedIndicators(indicators.only(columns), asOf)
        .of(members.added(measures).filter(not(GroupMembers.isAlone())));
  }

  /**
   * The rows of the table. A group of one has the figures, class and tier of its customer.
   *
   * @param merged what {@link #merged} gave
   * @param customers customers with their groups, classes, tiers and all {@link GroupPlan#figures}
   */
  public Dataset<Row> rows(Dataset<Row> merged, Dataset<Row> customers, CutModel cuts) {
    Dataset<Row> figures = figures(merged);
    Dataset<Row> members = members(customers.filter(not(GroupMembers.isAlone())));
    Dataset<Row> joined = figures.join(members, GroupMembers.GROUP);
    Dataset<Row> several =
        plan.states().isEmpty()
            ? joined
            : joined.join(states(merged, customers.schema(), cuts), GroupMembers.GROUP);
    return selected(several).unionAll(selected(alone(customers)));
  }

  private Dataset<Row> selected(Dataset<Row> groups) {
    return groups.select(
        contract().own().stream()
            .map(column -> Columns.column(column.name()).cast(column.type()).as(column.name()))
            .toArray(Column[]::new));
  }

  private Dataset<Row> alone(Dataset<Row> customers) {
    Column sales = Columns.column(ScorePlan.SALES);
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(GroupMembers.GROUP, Columns.column(GroupMembers.GROUP));
    columns.put(GroupMembers.CUSTOMERS, lit(1));
    columns.put("group_levels", Columns.column(GroupMembers.LEVEL));
    columns.put(SHARE, when(sales.gt(0), lit(1)));
    for (IndicatorColumn column : plan.figures()) {
      Column value = Columns.column(column.name());
      columns.put(name(Role.OWN, column), value);
      columns.put(name(Role.CHILD, column), GroupPlan.isSum(column) ? lit(0) : lit(null));
      columns.put(name(Role.TOTAL, column), value);
    }
    columns.putAll(named());
    List<Column> selected = new ArrayList<>();
    columns.forEach((name, value) -> selected.add(value.as(name)));
    return customers.filter(GroupMembers.isAlone()).select(selected.toArray(Column[]::new));
  }

  /** The classes and tiers of scored rows, with names. */
  private Map<String, Column> named() {
    Map<String, Column> named = new LinkedHashMap<>();
    for (State state : plan.states()) {
      named.put(state.column(), Columns.column(state.column()));
      named.put(state.column() + "_name", state.named(code -> scores.name(code).en()));
      named.put(state.column() + "_name_zh", state.named(code -> scores.name(code).zh()));
    }
    return named;
  }

  private Dataset<Row> figures(Dataset<Row> merged) {
    List<Column> figures = new ArrayList<>();
    for (Role role : Role.values()) {
      Column isRole = col(Columns.CUSTOMER_ID).getField("role").equalTo(role.name());
      for (IndicatorColumn column : plan.figures()) {
        Column value = max(when(isRole, Columns.column(column.name())));
        // Nobody has a sum of 0; whoever is there may have an unknown one.
        Column nothing = when(count(when(isRole, lit(1))).equalTo(0), lit(0));
        figures.add(
            (GroupPlan.isSum(column) ? coalesce(value, nothing) : value).as(name(role, column)));
      }
    }
    return merged
        .groupBy(col(Columns.CUSTOMER_ID).getField(GROUP).as(GroupMembers.GROUP))
        .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
  }

  /** The number of members, and the share of the largest one in the net sales of all. */
  private static Dataset<Row> members(Dataset<Row> customers) {
    Column sales = coalesce(Columns.column(ScorePlan.SALES), lit(0));
    Column positive = greatest(sales, lit(0));
    Column share =
        when(
            sum(positive).gt(0),
            round(max(positive).cast(DecimalTypes.NUMBER).divide(sum(positive)), 6));
    return customers
        .groupBy(GroupMembers.GROUP)
        .agg(
            count(lit(1)).as(GroupMembers.CUSTOMERS),
            max(GroupMembers.LEVEL).as("group_levels"),
            share.as(SHARE));
  }

  /** The classes and tiers of groups, by the cuts of customers, with names. */
  private Dataset<Row> states(Dataset<Row> merged, StructType customers, CutModel cuts) {
    StructType known = merged.schema();
    List<Column> columns = new ArrayList<>();
    columns.add(col(Columns.CUSTOMER_ID).getField(GROUP).as(Columns.CUSTOMER_ID));
    for (IndicatorColumn column : scores.columns()) {
      boolean isThere = List.of(known.fieldNames()).contains(column.name());
      columns.add(
          (isThere
                  ? Columns.column(column.name())
                  : lit(null).cast(customers.apply(column.name()).dataType()))
              .as(column.name()));
    }
    Dataset<Row> groups =
        merged
            .filter(col(Columns.CUSTOMER_ID).getField("role").equalTo(Role.TOTAL.name()))
            .select(columns.toArray(Column[]::new));
    Dataset<Row> scored =
        new Scores(scores, cuts).scored(new ValueTable(scores).withPast(groups, Optional.empty()));
    Map<String, Column> named = new LinkedHashMap<>();
    named.put(GroupMembers.GROUP, col(Columns.CUSTOMER_ID));
    named.putAll(named());
    List<Column> selected = new ArrayList<>();
    named.forEach((name, value) -> selected.add(value.as(name)));
    return StackedProjections.of(scored.select(selected.toArray(Column[]::new)));
  }
}
