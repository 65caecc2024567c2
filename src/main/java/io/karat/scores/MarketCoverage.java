package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Markets;
import io.karat.measures.ChannelSales;
import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The table {@code market_coverage}: one row per value of a characteristic or channel, with the
 * number of its customers, their net sales, and the number of them in each class and tier; beside
 * them, the share in the market of that value, where the sizes of markets are known.
 *
 * <p>A channel has the customers with a sale in it, and the sales and returns that it had itself.
 *
 * @param plan names the characteristics, columns of {@code customer_indicators}
 * @param tiered the classes and tiers
 */
record MarketCoverage(ScorePlan plan, List<State> tiered) {
  static final String NAME = "market_coverage";

  private static final String CHARACTERISTIC = Markets.CHARACTERISTIC;
  private static final String VALUE = Markets.VALUE;
  private static final List<String> KEYS = List.of(CHARACTERISTIC, VALUE);
  private static final String CUSTOMERS = "customer_count";
  private static final String BUYERS = "buyer_count";

  /** The window of the figures that are set against the sizes of markets. */
  private static final String WINDOW = ChannelSales.DAYS + "d";

  MarketCoverage {
    tiered = List.copyOf(tiered);
  }

  TableContract contract() {
    return TableDefinitions.table(
        NAME,
        Stream.concat(
                plan.hasMarkets()
                    ? TableDefinitions.part("market", Map.of()).stream()
                    : Stream.of(),
                tiered.stream()
                    .flatMap(state -> state.codes().stream().flatMap(code -> counted(state, code))))
            .toList());
  }

  private static Stream<ColumnContract> counted(State state, String code) {
    return TableDefinitions.part(
        "tier_count", Map.of("column", column(state, code), "state", state.column(), "code", code))
        .stream();
  }

  /**
   * The rows of the table; starts no job.
   *
   * @param sources the sizes of markets, and the sales of channels
   */
  Dataset<Row> rows(Dataset<Row> scored, CustomerCounts counts, MarketSources sources) {
    LevelSums.Aggregates figures = LevelSums.Aggregates.of(counts.figures(), scored.schema());
    List<Column> kept = new ArrayList<>(figures.units());
    tiered.forEach(state -> kept.add(Columns.column(state.column())));
    if (plan.hasMarkets()) {
      kept.add(Columns.column(ScorePlan.SALES_COUNT).gt(0).cast("bigint").as(BUYERS));
    }
    kept.add(inline(array(values().toArray(Column[]::new))));
    Dataset<Row> values = scored.select(kept.toArray(Column[]::new));

    List<Column> totals = new ArrayList<>();
    Map<LevelFigure, Column> sums = new EnumMap<>(LevelFigure.class);
    figures
        .sums()
        .forEach(
            (figure, exact) -> {
              Column units = Columns.column(figure.added()).cast("decimal(28,0)");
              totals.add(sum(units).as(figure.added()));
              Column unit = lit(BigDecimal.ONE.movePointLeft(exact.scale()));
              sums.put(figure, Columns.column(figure.added()).multiply(unit));
            });
    if (plan.hasMarkets()) {
      totals.add(sum(BUYERS).as(BUYERS));
    }
    for (State state : tiered) {
      for (String code : state.codes()) {
        Column isCode = Columns.column(state.column()).equalTo(code);
        totals.add(count_if(isCode).as(column(state, code)));
      }
    }
    Dataset<Row> grouped =
        values
            .filter(Columns.column(CHARACTERISTIC).isNotNull())
            .groupBy(CHARACTERISTIC, VALUE)
            .agg(count(lit(1)).as(CUSTOMERS), totals.toArray(Column[]::new));
    Dataset<Row> covered =
        sources
            .channels()
            .filter(channels -> plan.hasChannels())
            .map(channels -> grouped.unionByName(ofChannels(channels), true))
            .orElse(grouped);
    Dataset<Row> all = sources.markets().map(sizes -> withMarkets(covered, sizes)).orElse(covered);
    Map<String, Column> columns = counts.columns(Columns.column(CUSTOMERS), sums);
    if (sources.markets().isPresent()) {
      columns.put("sales_window", lit(WINDOW));
      Column sales = Objects.requireNonNull(columns.get(ScorePlan.SALES));
      columns.put("market_share", share(sales, Columns.column(Markets.AMOUNT)));
      columns.put("penetration", share(number(BUYERS), number(Markets.CUSTOMERS)));
    }
    return Columns.with(all, columns);
  }

  private static Dataset<Row> ofChannels(Dataset<Row> channels) {
    Column buyers = Columns.column(ChannelSales.BUYERS);
    return channels.select(
        lit(ChannelSales.CHANNEL).as(CHARACTERISTIC),
        Columns.column(ChannelSales.CHANNEL).as(VALUE),
        buyers.as(CUSTOMERS),
        buyers.as(BUYERS),
        Columns.column(ChannelSales.NET_SALES).as(LevelFigure.SALES.added()));
  }

  /** Markets without a customer have a row too, with 0 of everything. */
  private Dataset<Row> withMarkets(Dataset<Row> grouped, Dataset<Row> markets) {
    Dataset<Row> known =
        markets.filter(Columns.column(CHARACTERISTIC).isin(plan.covered().toArray()));
    Column isUncovered = Columns.column(CUSTOMERS).isNull();
    Stream<Column> totals =
        Stream.of(grouped.columns())
            .filter(name -> !KEYS.contains(name))
            .map(name -> when(isUncovered, 0).otherwise(Columns.column(name)).as(name));
    Stream<Column> sizes =
        Stream.of(
            Columns.column(Markets.SINCE),
            Columns.column(Markets.AMOUNT).cast(DecimalTypes.NUMBER).as(Markets.AMOUNT),
            Columns.column(Markets.CUSTOMERS));
    return grouped
        .join(known, KEYS.toArray(String[]::new), "full_outer")
        .select(
            Stream.of(KEYS.stream().map(Columns::column), totals, sizes)
                .flatMap(columns -> columns)
                .toArray(Column[]::new));
  }

  /** Our part of a market, rounded half up; null unless its size is known and above 0. */
  private static Column share(Column ours, Column size) {
    return round(when(size.gt(0), ours.divide(size)), DecimalTypes.RATIO.scale())
        .try_cast(DecimalTypes.RATIO);
  }

  private static Column number(String name) {
    return Columns.column(name).cast("decimal(20,0)");
  }

  private List<Column> values() {
    Stream<Column> values =
        plan.characteristics().stream().map(name -> value(lit(name), Columns.column(name)));
    // An empty array has no type, so it has this first element; the filter takes it out again.
    Column nothing = value(lit(null), lit(null));
    return Stream.concat(Stream.of(nothing), values).toList();
  }

  private static Column value(Column characteristic, Column value) {
    return struct(
        characteristic.cast(DataTypes.StringType).as(CHARACTERISTIC),
        value.cast(DataTypes.StringType).as(VALUE));
  }

  private static String column(State state, String code) {
    return "%s_%s_count".formatted(state.column(), code.toLowerCase(Locale.ROOT));
  }
}
