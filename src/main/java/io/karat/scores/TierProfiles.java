package io.karat.scores;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.ranks.RankQuery;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.ranks.RankedCustomers;
import io.karat.scores.CustomerCounts.Count;
import io.karat.scores.TierSums.Group;
import io.karat.scores.TierSums.Sums;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Rows of {@code tier_profiles}: how the customers of each class and tier differ from all whom its
 * model ranks; and of {@code class_disagreements}: who is in which levels of two models.
 */
record TierProfiles(ScorePlan plan, List<State> ranked, TierSums sums) {
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final String SALES = ScorePlan.SALES;

  TierProfiles {
    ranked = List.copyOf(ranked);
  }

  /** What has to be ranked for the medians of net sales. */
  static RankedCustomers ranked(List<State> ranked, boolean hasSales) {
    Map<String, Column> values = new LinkedHashMap<>();
    List<RankQuery<?>> queries = new ArrayList<>();
    if (hasSales) {
      for (State state : ranked) {
        values.put(SALES, Columns.column(SALES));
        values.put(position(state), positionOf(state));
        queries.add(median(state));
      }
    }
    return new RankedCustomers(values, queries);
  }

  private static RankQuery<Optional<BigDecimal>> median(State state) {
    return RankedColumn.of(SALES).within(position(state)).quantile(HALF);
  }

  private static String position(State state) {
    return "position in " + state.column();
  }

  private static Column positionOf(State state) {
    Column position = when(lit(false), lit(0));
    for (int i = 0; i < state.codes().size(); i++) {
      position = position.when(Columns.column(state.column()).equalTo(state.codes().get(i)), i);
    }
    return position;
  }

  /** The rows of {@code tier_profiles}; a level without customers has none. */
  List<Row> profiles(Optional<RankResults> ranks) {
    List<Row> rows = new ArrayList<>();
    for (State state : ranked) {
      Map<Integer, Optional<BigDecimal>> medians =
          plan.hasSales()
              ? ranks.map(it -> Map.copyOf(it.byGroup(median(state)))).orElse(Map.of())
              : Map.of();
      for (int i = 0; i < state.codes().size(); i++) {
        String code = state.codes().get(i);
        Optional<BigDecimal> median =
            Optional.ofNullable(medians.get(i)).flatMap(LevelContracts::number);
        sums.of(new Group(state.column(), code))
            .ifPresent(it -> rows.addAll(rows(state, code, it, median)));
      }
    }
    return rows;
  }

  private List<Row> rows(State state, String code, Sums level, Optional<BigDecimal> median) {
    Sums all = sums.ofAll(state).orElse(level);
    List<Row> rows = new ArrayList<>();
    for (String indicator : sums.indicators()) {
      IndicatorSum sum = level.of(indicator);
      List<Object> values = new ArrayList<>(named(state, code));
      values.add(indicator);
      values.add(sum.known());
      values.add(sum.mean().orElse(null));
      values.add(median.filter(it -> indicator.equals(SALES)).orElse(null));
      values.add(sum.lift(all.of(indicator)).orElse(null));
      rows.add(RowFactory.create(values.toArray()));
    }
    return rows;
  }

  /** The rows of {@code class_disagreements}; two levels without a common customer have none. */
  List<Row> disagreements() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      for (State other : ranked.subList(i + 1, ranked.size())) {
        rows.addAll(rows(ranked.get(i), other));
      }
    }
    return rows;
  }

  private List<Row> rows(State state, State other) {
    Map<Group, Sums> both = new LinkedHashMap<>();
    for (String level : state.codes()) {
      for (String otherLevel : other.codes()) {
        Group group = new Group(state.column(), level, other.column(), otherLevel);
        sums.of(group).ifPresent(it -> both.put(group, it));
      }
    }
    Optional<Sums> whole = both.values().stream().reduce(Sums::plus);
    return both.keySet().stream()
        .map(
            group ->
                row(
                    group,
                    state,
                    other,
                    Objects.requireNonNull(both.get(group)),
                    whole.orElseThrow()))
        .toList();
  }

  private Row row(Group group, State state, State other, Sums sums, Sums whole) {
    boolean isFirst = group.level().equals(state.codes().get(0));
    boolean isFirstInOther = group.otherLevel().equals(other.codes().get(0));
    List<Object> values = new ArrayList<>(named(state, group.level()));
    values.addAll(named(other, group.otherLevel()));
    values.add(isFirst != isFirstInOther);
    values.addAll(
        new Count(sums.customers(), sums.figures())
            .values(new Count(whole.customers(), whole.figures())));
    return RowFactory.create(values.toArray());
  }

  private List<Object> named(State state, String code) {
    return List.of(state.column(), code, plan.name(code).en(), plan.name(code).zh());
  }
}
