package io.karat.scores;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.karat.tables.Columns;
import io.karat.tables.ExactSum;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sums over the customers of each class and tier, and of each pair of them in two models.
 *
 * <p>Customers are first added up by all classes and tiers together, and only these sums are split
 * by model, so that a customer is looked at once, however many models there are.
 */
record TierSums(Map<Group, Sums> groups, List<String> indicators) {
  private static final String NONE = "";
  private static final List<String> KEYS = List.of("model", "level", "other_model", "other_level");
  private static final String CUSTOMERS = "customers";

  TierSums {
    groups = Map.copyOf(groups);
    indicators = List.copyOf(indicators);
  }

  /** Customers of a level of a model who are in a level of another one; empty texts for all. */
  record Group(String model, String level, String otherModel, String otherLevel) {
    Group(String model, String level) {
      this(model, level, NONE, NONE);
    }
  }

  /**
   * Sums over the customers of a group.
   *
   * @param figures those of tables of levels
   * @param indicators by name
   */
  record Sums(long customers, LevelSums figures, Map<String, IndicatorSum> indicators) {
    Sums {
      indicators = Map.copyOf(indicators);
    }

    Sums plus(Sums other) {
      Map<String, IndicatorSum> sums = new HashMap<>(indicators);
      other.indicators.forEach((name, it) -> sums.merge(name, it, IndicatorSum::plus));
      return new Sums(customers + other.customers, figures.plus(other.figures), sums);
    }

    IndicatorSum of(String indicator) {
      return indicators.getOrDefault(indicator, IndicatorSum.NOTHING);
    }
  }

  /**
   * Adds up customers; starts one job.
   *
   * @param ranked the classes and tiers; nothing is added up without one
   */
  static TierSums of(ScorePlan plan, Dataset<Row> scored, List<State> ranked) {
    List<String> names =
        IndicatorSum.among(plan.columns()).stream()
            .filter(Set.of(scored.columns())::contains)
            .toList();
    if (ranked.isEmpty()) {
      return new TierSums(Map.of(), names);
    }

    LevelSums.Aggregates figures = LevelSums.Aggregates.of(plan.figures(), scored.schema());
    List<ExactSum> exact = names.stream().map(it -> ExactSum.of(scored.schema(), it)).toList();
    List<Column> totals = new ArrayList<>(figures.ofCustomers());
    for (int i = 0; i < names.size(); i++) {
      totals.add(count(Columns.column(names.get(i))));
      totals.addAll(exact.get(i).halves());
    }
    Map<Group, Sums> groups = new HashMap<>();
    // A row for each two levels of two models, and for each level.
    for (Row row : split(together(scored, ranked, totals), ranked, totals.size()).collectAsList()) {
      int next = KEYS.size() + 1 + figures.width();
      Map<String, IndicatorSum> sums = new HashMap<>();
      for (int i = 0; i < names.size(); i++) {
        sums.put(names.get(i), new IndicatorSum(row.getLong(next), exact.get(i).of(row, next + 1)));
        next += 3;
      }
      groups.put(
          new Group(row.getString(0), row.getString(1), row.getString(2), row.getString(3)),
          new Sums(row.getLong(KEYS.size()), figures.of(row, KEYS.size() + 1), sums));
    }
    return new TierSums(groups, names);
  }

  /** One row for each combination of levels of all models. */
  private static Dataset<Row> together(
      Dataset<Row> scored, List<State> ranked, List<Column> totals) {
    List<Column> named = new ArrayList<>();
    for (int i = 0; i < totals.size(); i++) {
      named.add(totals.get(i).as(sumAt(i)));
    }
    return scored
        .groupBy(ranked.stream().map(it -> Columns.column(it.column())).toArray(Column[]::new))
        .agg(count(lit(1)).as(CUSTOMERS), named.toArray(Column[]::new));
  }

  /** One row for each level of a model, and for each two levels of two models. */
  private static Dataset<Row> split(Dataset<Row> together, List<State> ranked, int sums) {
    List<Column> keys = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      keys.add(key(ranked.get(i), Optional.empty()));
      for (State other : ranked.subList(i + 1, ranked.size())) {
        keys.add(key(ranked.get(i), Optional.of(other)));
      }
    }
    List<Column> columns = new ArrayList<>(List.of(Columns.column(CUSTOMERS)));
    List<Column> totals = new ArrayList<>();
    for (int i = 0; i < sums; i++) {
      columns.add(Columns.column(sumAt(i)));
      totals.add(sum(sumAt(i)).as(sumAt(i)));
    }
    columns.add(inline(array(keys.toArray(Column[]::new))));
    Column[] by = KEYS.stream().map(Columns::column).toArray(Column[]::new);
    return together
        .select(columns.toArray(Column[]::new))
        .filter(Columns.column(KEYS.get(1)).isNotNull())
        .filter(Columns.column(KEYS.get(3)).isNotNull())
        .groupBy(by)
        .agg(sum(CUSTOMERS).as(CUSTOMERS), totals.toArray(Column[]::new));
  }

  private static Column key(State state, Optional<State> other) {
    return struct(
        lit(state.column()).as(KEYS.get(0)),
        Columns.column(state.column()).cast(DataTypes.StringType).as(KEYS.get(1)),
        lit(other.map(State::column).orElse(NONE)).as(KEYS.get(2)),
        other
            .map(it -> Columns.column(it.column()).cast(DataTypes.StringType))
            .orElse(lit(NONE))
            .as(KEYS.get(3)));
  }

  private static String sumAt(int position) {
    return "sum " + position;
  }

  /** The sums of a group; empty if nobody is in it. */
  Optional<Sums> of(Group group) {
    return Optional.ofNullable(groups.get(group));
  }

  /** The sums of all customers with a level of a model; empty if there are none. */
  Optional<Sums> ofAll(State state) {
    return state.codes().stream()
        .flatMap(code -> of(new Group(state.column(), code)).stream())
        .reduce(Sums::plus);
  }
}
