package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.karat.tables.ColumnContract;
import io.karat.tables.Columns;
import io.karat.tables.TableContract;
import io.karat.tables.TableDefinitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The table {@code market_coverage}: one row per value of a characteristic or channel, with the
 * number of its customers, their net sales, and the number of them in each class and tier.
 *
 * @param characteristics columns of {@code customer_indicators}
 * @param tiered the classes and tiers
 */
record MarketCoverage(List<String> characteristics, List<State> tiered) {
  static final String NAME = "market_coverage";

  private static final String CHARACTERISTIC = "characteristic";
  private static final String VALUE = "value";

  MarketCoverage {
    characteristics = List.copyOf(characteristics);
    tiered = List.copyOf(tiered);
  }

  TableContract contract() {
    return TableDefinitions.table(
        NAME,
        tiered.stream()
            .flatMap(state -> state.codes().stream().flatMap(code -> counted(state, code)))
            .toList());
  }

  private static Stream<ColumnContract> counted(State state, String code) {
    return TableDefinitions.part(
        "tier_count", Map.of("column", column(state, code), "state", state.column(), "code", code))
        .stream();
  }

  /** The rows of the table; starts no job. */
  Dataset<Row> rows(Dataset<Row> scored, CustomerCounts counts) {
    LevelSums.Aggregates figures = LevelSums.Aggregates.of(counts.figures(), scored.schema());
    List<Column> kept = new ArrayList<>(figures.units());
    tiered.forEach(state -> kept.add(Columns.column(state.column())));
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
            .agg(count(lit(1)).as("customer_count"), totals.toArray(Column[]::new));
    return Columns.with(grouped, counts.columns(Columns.column("customer_count"), sums));
  }

  private List<Column> values() {
    Stream<Column> values =
        characteristics.stream().map(name -> value(lit(name), Columns.column(name)));
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
