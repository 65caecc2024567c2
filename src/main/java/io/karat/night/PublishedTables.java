package io.karat.night;

import static java.util.stream.Collectors.toMap;

import io.karat.allocation.ResourceAllocation;
import io.karat.groups.GroupMembers;
import io.karat.groups.GroupTable;
import io.karat.indicators.IndicatorColumn;
import io.karat.movement.MovementTables;
import io.karat.prediction.PredictionScores;
import io.karat.prediction.PredictionTables;
import io.karat.report.AccountTables;
import io.karat.scores.ScorePlan;
import io.karat.scores.ScoreTables;
import io.karat.scores.ValueTable;
import io.karat.segments.SegmentTables;
import io.karat.settings.InputTable;
import io.karat.settings.Language;
import io.karat.settings.Window;
import io.karat.tables.ColumnContract;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/** Contracts of the tables that every night publishes. */
public final class PublishedTables {
  public static final String CUSTOMER_INDICATORS = "customer_indicators";
  public static final String CUSTOMER_VALUE_HISTORY = "customer_value_history";

  /** The indicators that the history keeps, if they are computed. */
  private static final List<String> KEPT_IN_HISTORY =
      List.of("recency_days", "transaction_count", "sales_amount", "net_sales_amount");

  /** The indicators that a later night compares, independent of the first window. */
  private static final List<String> COMPARED_IN_HISTORY =
      List.of(ScorePlan.SALES, ScorePlan.LIFETIME_SALES);

  static final TableContract DICTIONARY = TableDefinitions.table("dictionary");
  static final TableContract QUALITY_RESULTS = TableDefinitions.table("quality_results");
  static final TableContract RUNS = TableDefinitions.table("runs");

  /** The tables that are published only where something is predicted. */
  private static final List<TableContract> OF_PREDICTION =
      List.of(PredictionTables.COEFFICIENTS, PredictionTables.BACK_TEST);

  /** The tables that are published only where a resource is allocated. */
  private static final List<TableContract> OF_ALLOCATION =
      List.of(ResourceAllocation.TIERS, ResourceAllocation.CUSTOMERS);

  /** The names of all tables of a release, without those that only some configurations have. */
  public static final List<String> NAMES =
      named()
          .filter(table -> !OF_PREDICTION.contains(table) && !OF_ALLOCATION.contains(table))
          .filter(table -> !table.name().equals(GroupTable.NAME))
          .map(TableContract::name)
          .toList();

  private static final String QUARANTINE = "quarantine_{input}";

  private PublishedTables() {}

  /** The contract of the quarantined rows of an input. */
  static TableContract quarantine(InputTable input) {
    return TableDefinitions.table(QUARANTINE, Map.of("input", input.tableName()));
  }

  /** The meaning of one row of each table, by table name. */
  static Map<String, String> meanings(Language language) {
    return named().collect(toMap(TableContract::name, table -> table.meaning().in(language)));
  }

  /** All tables with their fixed columns. */
  private static Stream<TableContract> named() {
    return TableDefinitions.names().stream()
        .flatMap(
            name ->
                name.equals(QUARANTINE)
                    ? quarantines()
                    : Stream.of(TableDefinitions.table(name, Map.of("money_scale", 0))));
  }

  private static Stream<TableContract> quarantines() {
    return Arrays.stream(InputTable.values()).map(PublishedTables::quarantine);
  }

  /** The contracts of all tables that a night publishes. */
  public static List<TableContract> contracts(
      TableContract customerIndicators, PublishedModels models) {
    List<TableContract> contracts = new ArrayList<>();
    contracts.add(customerIndicators);
    contracts.add(customerValue(models));
    contracts.addAll(ScoreTables.contracts(models.scores(), ofContributions(models.prediction())));
    contracts.addAll(List.of(SegmentTables.SEGMENTS, SegmentTables.PROFILES));
    models.prediction().ifPresent(it -> contracts.addAll(OF_PREDICTION));
    models
        .groups()
        .filter(it -> !it.plan().areCustomers())
        .ifPresent(it -> contracts.add(it.contract()));
    if (models.isAllocated()) {
      contracts.addAll(OF_ALLOCATION);
    }
    contracts.add(customerValueHistory(customerIndicators, models.scores()));
    contracts.addAll(
        List.of(
            MovementTables.TRANSITIONS,
            MovementTables.keyAccountChanges(models.scores().money().scale()),
            MovementTables.CHURN_LEVELS,
            MovementTables.COHORTS,
            MovementTables.STATE_VALUES));
    contracts.add(AccountTables.keyAccounts(models.scores().money().scale()));
    contracts.add(AccountTables.FINDINGS);
    contracts.addAll(List.of(DICTIONARY, QUALITY_RESULTS));
    quarantines().forEach(contracts::add);
    contracts.add(RUNS);
    return contracts;
  }

  /** The names of the tables that a night of a plan publishes. */
  public static List<String> names(NightPlan plan) {
    return contracts(PublishedModels.of(plan)).map(TableContract::name).toList();
  }

  /** The contracts of all tables that a night publishes, with indicators without types. */
  private static Stream<TableContract> contracts(PublishedModels models) {
    return contracts(TableDefinitions.table(CUSTOMER_INDICATORS, List.of()), models).stream();
  }

  /** The names of the columns of all tables that a night publishes. */
  static List<String> columns(NightPlan plan) {
    return Stream.concat(
            plan.indicators().columns().stream().map(IndicatorColumn::name),
            contracts(PublishedModels.of(plan))
                .flatMap(table -> table.columns().stream())
                .map(ColumnContract::name))
        .distinct()
        .toList();
  }

  /** The contract of the indicators: one row per customer. */
  public static TableContract customerIndicators(
      List<IndicatorColumn> indicators, StructType types) {
    return TableDefinitions.table(
        CUSTOMER_INDICATORS,
        indicators.stream()
            .map(
                column ->
                    new ColumnContract(
                        column.name(), types.apply(column.name()).dataType(), column.description()))
            .toList());
  }

  /** The contract of the scores and states of customers. */
  static TableContract customerValue(PublishedModels models) {
    List<ColumnContract> columns = new ArrayList<>(new ValueTable(models.scores()).columns());
    models.lifetime().ifPresent(it -> columns.addAll(it.columns()));
    models.prediction().ifPresent(it -> columns.addAll(it.columns()));
    models.groups().ifPresent(it -> columns.addAll(GroupMembers.columns()));
    return TableDefinitions.table(ValueTable.NAME, columns);
  }

  /** The columns that a prediction adds to {@code value_contributions}. */
  static List<ColumnContract> ofContributions(Optional<PredictionScores> prediction) {
    return prediction.map(PredictionScores::ofContributions).orElse(List.of());
  }

  /**
   * The contract of the history, one row per customer and night: some indicators over the first
   * window, the net sales in which movement is measured, scores and states.
   */
  static TableContract customerValueHistory(TableContract customerIndicators, ScorePlan scores) {
    List<ColumnContract> kept = new ArrayList<>();
    for (String name : KEPT_IN_HISTORY) {
      customerIndicators.own().stream()
          .filter(column -> isOf(name, column.name()))
          .findFirst()
          .ifPresent(kept::add);
    }
    customerIndicators.own().stream()
        .filter(column -> COMPARED_IN_HISTORY.contains(column.name()) && !kept.contains(column))
        .forEach(kept::add);
    kept.addAll(new ValueTable(scores).kept());
    return TableDefinitions.table(CUSTOMER_VALUE_HISTORY, kept);
  }

  private static boolean isOf(String indicator, String column) {
    return column.equals(indicator)
        || (column.startsWith(indicator + "_")
            && Window.parse(column.substring(indicator.length() + 1)).isPresent());
  }
}
