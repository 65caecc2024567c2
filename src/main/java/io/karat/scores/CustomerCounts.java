package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.ExactSum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts of customers and sums of their figures, per code of each state and per cell of RFM bins: a
 * few hundred numbers, whatever the number of customers.
 *
 * @param cells by group and code; the group {@link #ALL} has one cell
 * @param nobody a count of no customers, with the figures that are added up
 */
record CustomerCounts(Map<Cell, Count> cells, Count nobody) {
  static final String RFM = "rfm";

  private static final String ALL = "";

  private static final int SHARE_PLACES = 6;

  CustomerCounts {
    cells = Map.copyOf(cells);
  }

  /** A code of a group, such as GOLD of profit_tier, or 5 4 3 of rfm. */
  record Cell(String group, String code) {}

  /**
   * Customers and sums of their figures.
   *
   * @param heaviest the mean of the heaviest indicator of a pyramid; empty where it is unknown, and
   *     for other cells than tiers
   */
  record Count(long customers, LevelSums sums, Optional<BigDecimal> heaviest) {
    Count(long customers, LevelSums sums) {
      this(customers, sums, Optional.empty());
    }

    Count plus(Count other) {
      return new Count(customers + other.customers, sums.plus(other.sums));
    }

    /**
     * The values in the order of the columns of counts that tables share.
     *
     * @param whole the customers whose share these are
     */
    List<Object> values(Count whole) {
      List<Object> values = new ArrayList<>();
      values.add(customers);
      values.add(
          whole.customers == 0
              ? null
              : BigDecimal.valueOf(customers)
                  .divide(BigDecimal.valueOf(whole.customers), SHARE_PLACES, RoundingMode.HALF_UP));
      values.addAll(sums.values(whole.sums));
      return values;
    }
  }

  /**
   * Counts customers; starts one job.
   *
   * @param heaviest the heaviest indicator of a state, if it is one of tiers
   * @param figures the figures that are added up
   */
  static CustomerCounts of(
      Dataset<Row> scored,
      List<State> states,
      Optional<RfmModel> rfm,
      Function<State, Optional<String>> heaviest,
      Set<LevelFigure> figures) {
    StructType types = scored.schema();
    Map<String, ExactSum> values = new HashMap<>();
    Column none = lit(null);
    List<Column> cells = new ArrayList<>(List.of(cell(ALL, lit(ALL), none)));
    for (State state : states) {
      Optional<ExactSum> value = heaviest.apply(state).map(name -> ExactSum.of(types, name));
      value.ifPresent(it -> values.put(state.column(), it));
      cells.add(
          cell(
              state.column(),
              Columns.column(state.column()),
              value.map(ExactSum::units).orElse(none)));
    }
    rfm.ifPresent(model -> cells.add(cell(RFM, code(CutDefinitions.axes(model.rfm())), none)));
    LevelSums.Aggregates added = LevelSums.Aggregates.of(figures, types);
    List<Column> sums = new ArrayList<>(ExactSum.halves(Columns.column("value")));
    sums.add(count("value"));
    sums.addAll(added.ofUnits());
    List<Column> counted = new ArrayList<>(added.units());
    counted.add(inline(array(cells.toArray(Column[]::new))));
    List<Row> rows =
        scored
            .select(counted.toArray(Column[]::new))
            .groupBy("group", "code")
            .agg(count(lit(1)), sums.toArray(Column[]::new))
            .collectAsList();
    Map<Cell, Count> counts = new HashMap<>();
    for (Row row : rows) {
      if (!row.isNullAt(1)) {
        Optional<BigDecimal> mean =
            Optional.ofNullable(values.get(row.getString(0))).flatMap(value -> mean(value, row));
        counts.put(
            new Cell(row.getString(0), row.getString(1)),
            new Count(row.getLong(2), added.of(row, 6), mean));
      }
    }
    return new CustomerCounts(counts, new Count(0, LevelSums.none(figures)));
  }

  private static Optional<BigDecimal> mean(ExactSum value, Row row) {
    long known = row.getLong(5);
    return known == 0
        ? Optional.empty()
        : Optional.of(
            value
                .of(row, 3)
                .divide(
                    BigDecimal.valueOf(known), DecimalTypes.NUMBER.scale(), RoundingMode.HALF_UP));
  }

  private static Column cell(String group, Column code, Column value) {
    return struct(
        lit(group).as("group"),
        code.cast(DataTypes.StringType).as("code"),
        value.cast(DataTypes.LongType).as("value"));
  }

  private static Column code(List<RfmAxis> axes) {
    return concat_ws(
        " ", axes.stream().map(axis -> Columns.column(axis.bin())).toArray(Column[]::new));
  }

  /** The figures that are added up. */
  Set<LevelFigure> figures() {
    return nobody.sums().known().keySet();
  }

  /** All customers. */
  Count all() {
    return of(ALL, ALL);
  }

  Count of(String group, String code) {
    return Objects.requireNonNull(cells.getOrDefault(new Cell(group, code), nobody));
  }

  /** All customers with a code of a group: those whom its model ranks. */
  Count whole(String group) {
    return cells.entrySet().stream()
        .filter(cell -> cell.getKey().group().equals(group) && !cell.getKey().code().isEmpty())
        .map(Map.Entry::getValue)
        .reduce(Count::plus)
        .orElse(nobody);
  }

  /**
   * The values of a count, in the order of the columns of counts that tables share.
   *
   * @param group whose customers are the whole of shares
   */
  List<Object> values(Count count, String group) {
    return count.values(whole(group));
  }

  /**
   * The columns of the part {@code counts} after the first.
   *
   * @param customers the number of customers
   * @param sums the sums of figures
   */
  Map<String, Column> columns(Column customers, Map<LevelFigure, Column> sums) {
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(
        "customer_share",
        share(customers.cast("decimal(20,0)"), BigDecimal.valueOf(all().customers()))
            .cast(DecimalTypes.SHARE));
    Map<LevelFigure, Column> amounts = new EnumMap<>(LevelFigure.class);
    for (LevelFigure figure : LevelFigure.values()) {
      Column sum = sums.getOrDefault(figure, lit(null));
      amounts.put(figure, sum.cast(DecimalTypes.NUMBER));
    }
    columns.put(ScorePlan.SALES, amount(LevelFigure.SALES, amounts));
    columns.put("net_sales_share", share(LevelFigure.SALES, amounts));
    columns.put("profit", amount(LevelFigure.PROFIT, amounts));
    columns.put("profit_share", share(LevelFigure.PROFIT, amounts));
    columns.put("service_cost", amount(LevelFigure.SERVICE_COST, amounts));
    columns.put(
        "contribution",
        amount(LevelFigure.PROFIT, amounts)
            .minus(amount(LevelFigure.SERVICE_COST, amounts))
            .cast(DecimalTypes.NUMBER));
    columns.put(
        "open_complaint_count", amount(LevelFigure.OPEN_COMPLAINTS, amounts).cast("bigint"));
    Column resolved = amount(LevelFigure.RESOLVED_COMPLAINTS, amounts).cast("decimal(18,0)");
    Column days = amount(LevelFigure.RESOLUTION_DAYS, amounts).cast("decimal(18,0)");
    columns.put(
        "complaint_resolution_days",
        round(when(resolved.gt(0), days.divide(resolved)), SHARE_PLACES).cast(DecimalTypes.NUMBER));
    columns.put("won_back_count", amount(LevelFigure.WON_BACK, amounts).cast("bigint"));
    return columns;
  }

  private static Column amount(LevelFigure figure, Map<LevelFigure, Column> amounts) {
    return Objects.requireNonNull(amounts.get(figure));
  }

  private Column share(LevelFigure figure, Map<LevelFigure, Column> amounts) {
    return share(amount(figure, amounts), all().sums().of(figure).orElse(BigDecimal.ZERO))
        .cast(DecimalTypes.RATIO);
  }

  /** The share, rounded half up; null unless the whole is above 0. */
  private static Column share(Column part, BigDecimal whole) {
    return whole.signum() > 0 ? round(part.divide(lit(whole)), SHARE_PLACES) : lit(null);
  }
}
