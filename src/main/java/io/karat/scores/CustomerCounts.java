package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;

import io.karat.scores.CutDefinitions.RfmAxis;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.ExactSum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts of customers and their net sales, per code of each state and per cell of RFM bins: a few
 * hundred numbers, whatever the number of customers.
 *
 * @param cells by group and code; the group {@link #ALL} has one cell
 * @param hasSales whether net sales are known; else their sums are null
 */
record CustomerCounts(Map<Cell, Count> cells, boolean hasSales) {
  /** The indicator that every table of levels adds up. */
  static final String SALES = ScorePlan.SALES;

  static final String RFM = "rfm";

  private static final String ALL = "";

  private static final int SHARE_PLACES = 6;
  private static final Count NOBODY = new Count(0, BigDecimal.ZERO);

  CustomerCounts {
    cells = Map.copyOf(cells);
  }

  /** A code of a group, such as GOLD of profit_tier, or 5 4 3 of rfm. */
  record Cell(String group, String code) {}

  /**
   * Customers and their net sales.
   *
   * @param heaviest the mean of the heaviest indicator of a pyramid; empty where it is unknown, and
   *     for other cells than tiers
   */
  record Count(long customers, BigDecimal sales, Optional<BigDecimal> heaviest) {
    Count(long customers, BigDecimal sales) {
      this(customers, sales, Optional.empty());
    }

    Count plus(Count other) {
      return new Count(customers + other.customers, sales.add(other.sales));
    }
  }

  /**
   * Counts customers; starts one job.
   *
   * @param heaviest the heaviest indicator of a state, if it is one of tiers
   */
  static CustomerCounts of(
      Dataset<Row> scored,
      List<State> states,
      Optional<RfmModel> rfm,
      Function<State, Optional<String>> heaviest,
      boolean hasSales) {
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
    ExactSum sales = ExactSum.of(types, SALES);
    List<Column> sums = new ArrayList<>(ExactSum.halves(Columns.column("sales")));
    sums.addAll(ExactSum.halves(Columns.column("value")));
    sums.add(count("value"));
    List<Row> rows =
        scored
            .select(sales.units().as("sales"), inline(array(cells.toArray(Column[]::new))))
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
            new Count(row.getLong(2), sales.of(row, 3), mean));
      }
    }
    return new CustomerCounts(counts, hasSales);
  }

  private static Optional<BigDecimal> mean(ExactSum value, Row row) {
    long known = row.getLong(7);
    return known == 0
        ? Optional.empty()
        : Optional.of(
            value
                .of(row, 5)
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

  /** All customers. */
  Count all() {
    return of(ALL, ALL);
  }

  Count of(String group, String code) {
    return Objects.requireNonNull(cells.getOrDefault(new Cell(group, code), NOBODY));
  }

  /** All customers with a code of a group: those whom its model ranks. */
  Count whole(String group) {
    return cells.entrySet().stream()
        .filter(cell -> cell.getKey().group().equals(group) && !cell.getKey().code().isEmpty())
        .map(Map.Entry::getValue)
        .reduce(NOBODY, Count::plus);
  }

  /**
   * The values of a count, in the order of the columns of counts that tables share.
   *
   * @param group whose customers are the whole of shares
   */
  List<Object> values(Count count, String group) {
    Count whole = whole(group);
    List<Object> values = new ArrayList<>();
    values.add(count.customers());
    values.add(customerShare(count, whole).orElse(null));
    Optional<BigDecimal> sales = Optional.of(count.sales()).filter(it -> hasSales);
    values.add(LevelContracts.number(sales).orElse(null));
    values.add(salesShare(count, whole).orElse(null));
    return values;
  }

  /** The columns of the part {@code counts} after the first, for a frame of counts and sales. */
  Map<String, Column> columns(String customers, String sales) {
    Map<String, Column> columns = new LinkedHashMap<>();
    Column count = Columns.column(customers).cast("decimal(20,0)");
    Column amount = (hasSales ? Columns.column(sales) : lit(null)).cast(DecimalTypes.NUMBER);
    columns.put(
        "customer_share",
        share(count, BigDecimal.valueOf(all().customers())).cast(DecimalTypes.SHARE));
    columns.put(SALES, amount);
    columns.put("net_sales_share", share(amount, all().sales()).cast(DecimalTypes.RATIO));
    return columns;
  }

  /** The share, rounded half up; null unless the whole is above 0. */
  private static Column share(Column part, BigDecimal whole) {
    return whole.signum() > 0 ? round(part.divide(lit(whole)), SHARE_PLACES) : lit(null);
  }

  /** The share of customers; empty if there are none. */
  private static Optional<BigDecimal> customerShare(Count count, Count whole) {
    return whole.customers() == 0
        ? Optional.empty()
        : Optional.of(
            BigDecimal.valueOf(count.customers())
                .divide(BigDecimal.valueOf(whole.customers()), SHARE_PLACES, RoundingMode.HALF_UP));
  }

  /** The share of net sales; empty unless they are above 0. */
  private static Optional<BigDecimal> salesShare(Count count, Count whole) {
    BigDecimal sales = whole.sales();
    return sales.signum() <= 0
        ? Optional.empty()
        : Optional.of(count.sales().divide(sales, SHARE_PLACES, RoundingMode.HALF_UP));
  }
}
