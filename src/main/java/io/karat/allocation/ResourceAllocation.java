package io.karat.allocation;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import io.karat.allocation.AllocationPlan.Resource;
import io.karat.scores.Labels;
import io.karat.scores.ScorePlan;
import io.karat.scores.State;
import io.karat.settings.AllocationSettings;
import io.karat.settings.BilingualText;
import io.karat.settings.LabelSettings.Rule;
import io.karat.tables.Columns;
import io.karat.tables.CustomerDecimals;
import io.karat.tables.DecimalTypes;
import io.karat.tables.ExactSum;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Allocation of a resource among tiers, and among the customers of each: what they have, what is
 * proposed, and the gap.
 *
 * @param scores has the names of codes
 */
public record ResourceAllocation(Resource resource, ScorePlan scores) {
  public static final TableContract TIERS = TableDefinitions.table("resource_allocation");
  public static final TableContract CUSTOMERS = TableDefinitions.table("customer_allocation");

  /** The column of the units proposed for a customer. */
  public static final String PROPOSED = "effort_proposed";

  private static final String NOW = "effort_now";
  private static final String GAP = "effort_gap";
  private static final String DIFFICULTY = "difficulty";
  private static final String TREATMENT = "treatment";
  private static final Pattern WINDOW = Pattern.compile("_(\\d+)d$");
  private static final int PLACES = DecimalTypes.RATIO.scale();

  /**
   * Proposal for the customers of a resource.
   *
   * @param rows the rows of {@link #CUSTOMERS}
   */
  public record Proposal(ResourceAllocation allocation, TierPlan plan, Dataset<Row> rows) {
    /** The name of the resource. */
    public String name() {
      return allocation.settings().name();
    }

    /** Whether the least efforts of tiers together exceed the total. */
    public boolean isShort() {
      return plan.isShort();
    }

    /** The units that there are. */
    public int total() {
      return allocation.settings().effort().total();
    }

    /**
     * The rows of {@link #TIERS}.
     *
     * @param proposed the units that the customers of each tier have together
     */
    public List<Row> tiers(Map<String, Long> proposed) {
      List<Row> rows = new ArrayList<>();
      for (int tier = 0; tier < plan.tiers().size(); tier++) {
        rows.add(allocation.row(plan, tier, proposed));
      }
      return rows;
    }
  }

  /** Proposes an effort for every customer; starts jobs. */
  public Proposal proposal(Dataset<Row> customers) {
    Map<String, Column> added = new LinkedHashMap<>();
    added.put(CustomerEfforts.TIER, Columns.column(resource.order().column()));
    added.put(NOW, now());
    added.put(CustomerEfforts.WEIGHT, weight(customers.schema()));
    Dataset<Row> weighted = Columns.with(customers, added);
    TierPlan plan = TierPlan.of(settings(), efforts(weighted));
    Column proposed = new CustomerEfforts(plan, settings().mostEach()).proposed(weighted);
    return new Proposal(this, plan, rows(weighted, proposed));
  }

  private AllocationSettings settings() {
    return resource.settings();
  }

  /** The effort so far, brought to the period. */
  private Column now() {
    String name = settings().effort().measure();
    Column counted = Columns.column(name).cast("decimal(24,6)");
    OptionalInt days = days(name);
    Column now =
        days.isPresent()
            ? round(counted.multiply(periodDays()).divide(days.getAsInt()), PLACES)
            : counted;
    return coalesce(
        CustomerDecimals.of(now, DecimalTypes.NUMBER, DecimalTypes.RATIO, NOW),
        lit(BigDecimal.ZERO).cast(DecimalTypes.RATIO));
  }

  private int periodDays() {
    return settings().effort().per().days();
  }

  /** The days that a column is about; empty if it is about no fixed number of days. */
  private static OptionalInt days(String column) {
    Matcher window = WINDOW.matcher(column);
    return window.find() ? OptionalInt.of(Integer.parseInt(window.group(1))) : OptionalInt.empty();
  }

  private Column weight(StructType types) {
    Column units = ExactSum.of(types, settings().worth().value()).units();
    return greatest(coalesce(units, lit(0L)), lit(0L));
  }

  /** The efforts and values of all tiers; starts a job. */
  private List<TierEffort> efforts(Dataset<Row> customers) {
    ExactSum now = ExactSum.of(customers.schema(), NOW);
    ExactSum value = ExactSum.of(customers.schema(), settings().worth().value());
    ExactSum weight = ExactSum.of(customers.schema(), CustomerEfforts.WEIGHT);
    List<Column> sums = new ArrayList<>(now.halves());
    sums.addAll(value.halves());
    sums.addAll(weight.halves());
    Map<String, TierEffort> found = new HashMap<>();
    // One row per tier.
    for (Row row :
        customers
            .groupBy(CustomerEfforts.TIER)
            .agg(count(lit(1)), sums.toArray(Column[]::new))
            .collectAsList()) {
      found.put(
          row.getString(0),
          new TierEffort(
              row.getString(0),
              row.getLong(1),
              now.of(row, 2),
              ofPeriod(value.of(row, 4)),
              weight.of(row, 6).toBigIntegerExact()));
    }
    return resource.order().codes().stream()
        .map(code -> found.getOrDefault(code, TierEffort.nobody(code)))
        .toList();
  }

  /** A value brought to the period. */
  private BigDecimal ofPeriod(BigDecimal value) {
    OptionalInt days = days(settings().worth().value());
    return days.isPresent()
        ? value
            .multiply(BigDecimal.valueOf(periodDays()))
            .divide(BigDecimal.valueOf(days.getAsInt()), PLACES, RoundingMode.HALF_UP)
        : value;
  }

  /** One row per customer who has a tier, or an effort without one. */
  private Dataset<Row> rows(Dataset<Row> customers, Column proposed) {
    Map<String, Column> units = new LinkedHashMap<>();
    units.put(PROPOSED, proposed.cast(DataTypes.IntegerType));
    units.put(
        DIFFICULTY,
        resource
            .difficulty()
            .map(state -> Columns.column(state.column()))
            .orElse(lit(null).cast(DataTypes.StringType)));
    Map<String, Column> gap =
        Map.of(
            GAP,
            Columns.column(PROPOSED)
                .cast(DecimalTypes.NUMBER)
                .minus(Columns.column(NOW))
                .cast(DecimalTypes.RATIO));
    Dataset<Row> treated =
        Labels.added(Columns.with(Columns.with(customers, units), gap), settings().treatment());
    return treated
        .filter(Columns.column(CustomerEfforts.TIER).isNotNull().or(Columns.column(NOW).gt(lit(0))))
        .select(columns().toArray(Column[]::new));
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(lit(settings().name()).as("resource"));
    columns.add(Columns.column(Columns.CUSTOMER_ID));
    columns.addAll(named(CustomerEfforts.TIER, resource.order().codes()));
    List.of(NOW, PROPOSED, GAP).forEach(name -> columns.add(Columns.column(name)));
    columns.addAll(named(DIFFICULTY, resource.difficulty().map(State::codes).orElse(List.of())));
    columns.addAll(
        named(
            TREATMENT,
            settings().treatment().rules().stream().map(Rule::then).distinct().toList()));
    return columns;
  }

  /** A code with its names in both languages. */
  private List<Column> named(String column, List<String> codes) {
    State state = new State(column, codes, new BilingualText("", ""));
    return List.of(
        Columns.column(column),
        state.named(code -> scores.name(code).en()).as(column + "_name"),
        state.named(code -> scores.name(code).zh()).as(column + "_name_zh"));
  }

  private Row row(TierPlan plan, int place, Map<String, Long> proposed) {
    TierEffort tier = plan.tiers().get(place);
    BilingualText name = scores.name(tier.code());
    long units = Optional.ofNullable(proposed.get(tier.code())).orElse(0L);
    return RowFactory.create(
        settings().name(),
        tier.code(),
        name.en(),
        name.zh(),
        place + 1,
        tier.customers(),
        number(tier.value()),
        number(tier.now()),
        (long) plan.planned().get(place),
        units,
        number(BigDecimal.valueOf(units).subtract(tier.now())),
        number(plan.profitNow(place)),
        plan.expectedProfit(place).map(ResourceAllocation::number).orElse(null),
        plan.marginalProfit(place).map(ResourceAllocation::number).orElse(null));
  }

  private static BigDecimal number(BigDecimal value) {
    return value.setScale(DecimalTypes.NUMBER.scale(), RoundingMode.HALF_UP);
  }
}
