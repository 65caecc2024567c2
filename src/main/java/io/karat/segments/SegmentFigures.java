package io.karat.segments;

import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import io.karat.ranks.RankQuery;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.ranks.RankedCustomers;
import io.karat.scores.IndicatorSum;
import io.karat.scores.LevelFigure;
import io.karat.scores.LevelSums;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.tables.Columns;
import io.karat.tables.ExactSum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Counts, sums and medians of the segments of a night: a few hundred numbers, whatever the number
 * of customers.
 */
public final class SegmentFigures {
  private static final String NUMBER_OF_SEGMENT = "segment number";
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final List<String> ids;
  private final List<String> indicators;
  private final Count nobody;
  private final Map<String, Count> counts = new HashMap<>();
  private final Map<String, Map<String, IndicatorSum>> sums = new HashMap<>();
  private final Map<String, long[]> buckets = new HashMap<>();
  private final Map<String, SortedMap<Integer, Optional<BigDecimal>>> medians = new HashMap<>();

  private SegmentFigures(SegmentModel model, List<String> indicators, Set<LevelFigure> added) {
    this.nobody = new Count(0, LevelSums.none(added), 0, 0, 0);
    this.ids = new ArrayList<>(model.ids());
    this.indicators = List.copyOf(indicators);
  }

  /**
   * The customers of a segment.
   *
   * @param looked those who were there the night before
   * @param changed those of them who were in another segment then
   * @param far those further from the centre than 99 % of customers were at the fit
   */
  record Count(long customers, LevelSums sums, long looked, long changed, long far) {
    Count plus(Count other) {
      return new Count(
          customers + other.customers,
          sums.plus(other.sums),
          looked + other.looked,
          changed + other.changed,
          far + other.far);
    }
  }

  static SegmentFigures of(
      SegmentPlan plan, SegmentModel model, Dataset<Row> assigned, RankResults ranks) {
    List<String> indicators = IndicatorSum.among(plan.columns());
    SegmentFigures figures =
        new SegmentFigures(
            model,
            indicators,
            LevelFigure.among(plan.columns().stream().map(it -> it.name()).toList()));
    figures.count(model, assigned);
    withMedians(model)
        .forEach(it -> figures.medians.put(it.value(), ranks.byGroup(it.quantile(HALF))));
    return figures;
  }

  private void count(SegmentModel model, Dataset<Row> assigned) {
    List<ExactSum> added =
        indicators.stream().map(name -> ExactSum.of(assigned.schema(), name)).toList();
    LevelSums.Aggregates figures =
        LevelSums.Aggregates.of(nobody.sums().known().keySet(), assigned.schema());
    List<Column> totals = new ArrayList<>();
    totals.add(functions.count(Columns.column(ScoreColumns.PREVIOUS_SEGMENT)));
    totals.add(count_if(Columns.column(ScoreColumns.IS_SEGMENT_CHANGED)));
    totals.add(count_if(Columns.column(ScoreColumns.SQUARED_DISTANCE).gt(model.farSquared())));
    for (int i = 0; i < indicators.size(); i++) {
      totals.add(functions.count(Columns.column(indicators.get(i))));
      totals.addAll(added.get(i).halves());
    }
    for (Feature feature : model.features()) {
      for (int bucket = 0; bucket < feature.counts().size(); bucket++) {
        totals.add(count_if(feature.bucket().equalTo(bucket)));
      }
      buckets.put(feature.name(), new long[feature.counts().size()]);
    }
    totals.addAll(figures.ofCustomers());
    List<Row> rows =
        assigned
            .groupBy(Columns.column(ScoreColumns.SEGMENT_ID))
            .agg(functions.count(lit(1)), totals.toArray(Column[]::new))
            .collectAsList();
    rows.forEach(row -> add(row, added, figures, model));
    if (counts.containsKey(Segment.UNKNOWN)) {
      ids.add(Segment.UNKNOWN);
    }
  }

  private void add(
      Row row, List<ExactSum> added, LevelSums.Aggregates figures, SegmentModel model) {
    String id = row.getString(0);
    counts.put(
        id,
        new Count(
            row.getLong(1),
            figures.of(row, row.size() - figures.width()),
            row.getLong(2),
            row.getLong(3),
            row.getLong(4)));
    int next = 5;
    Map<String, IndicatorSum> ofSegment = new HashMap<>();
    for (int i = 0; i < indicators.size(); i++) {
      ofSegment.put(
          indicators.get(i), new IndicatorSum(row.getLong(next), added.get(i).of(row, next + 1)));
      next += 3;
    }
    sums.put(id, ofSegment);
    // The fit has counted the customers with a value for every feature, too.
    List<Feature> counted = id.equals(Segment.UNKNOWN) ? List.of() : model.features();
    for (Feature feature : counted) {
      long[] ofFeature = buckets.getOrDefault(feature.name(), new long[0]);
      for (int bucket = 0; bucket < ofFeature.length; bucket++) {
        ofFeature[bucket] += row.getLong(next++);
      }
    }
  }

  /** What has to be ranked for the medians. */
  static RankedCustomers ranked(SegmentModel model) {
    Column number =
        substring(Columns.column(ScoreColumns.SEGMENT_ID), 2, Integer.MAX_VALUE)
            .cast(DataTypes.IntegerType);
    Map<String, Column> values = new LinkedHashMap<>(Map.of(NUMBER_OF_SEGMENT, number));
    List<RankQuery<?>> queries = new ArrayList<>();
    for (RankedColumn column : withMedians(model)) {
      values.put(column.value(), Columns.column(column.value()));
      queries.add(column.quantile(HALF));
    }
    return new RankedCustomers(values, queries);
  }

  private static List<RankedColumn> withMedians(SegmentModel model) {
    Set<String> names = new LinkedHashSet<>(model.featureNames());
    names.add(ScorePlan.SALES);
    return names.stream().map(name -> RankedColumn.of(name).within(NUMBER_OF_SEGMENT)).toList();
  }

  /** The segments of the model, and S0 if any customer is in it. */
  List<String> ids() {
    return List.copyOf(ids);
  }

  /** The indicators with a mean. */
  List<String> indicators() {
    return indicators;
  }

  Count count(String id) {
    return counts.getOrDefault(id, nobody);
  }

  Count all() {
    return counts.values().stream().reduce(Count::plus).orElse(nobody);
  }

  IndicatorSum sum(String id, String indicator) {
    return sums.getOrDefault(id, Map.of()).getOrDefault(indicator, IndicatorSum.NOTHING);
  }

  IndicatorSum sumOfAll(String indicator) {
    return ids.stream()
        .map(id -> sum(id, indicator))
        .reduce(IndicatorSum.NOTHING, IndicatorSum::plus);
  }

  Optional<BigDecimal> median(String id, String indicator) {
    return Optional.ofNullable(medians.get(indicator))
        .map(byNumber -> byNumber.get(Integer.parseInt(id.substring(1))))
        .flatMap(median -> median)
        .map(median -> median.setScale(SegmentTables.PLACES, RoundingMode.HALF_UP));
  }

  /**
   * The number of customers in each bucket of a feature, without those who lack a value for another
   * feature.
   */
  long[] buckets(String feature) {
    return buckets.getOrDefault(feature, new long[0]).clone();
  }
}
