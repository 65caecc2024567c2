package io.karat.segments;

import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import io.karat.ranks.RankQuery;
import io.karat.ranks.RankResults;
import io.karat.ranks.RankedColumn;
import io.karat.ranks.RankedCustomers;
import io.karat.scores.ScoreColumns;
import io.karat.scores.ScorePlan;
import io.karat.settings.IndicatorSettings.Unit;
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
import java.util.stream.Stream;
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
  private static final Set<Unit> NUMBERS =
      Set.of(Unit.COUNT, Unit.MONEY, Unit.SHARE, Unit.DAYS, Unit.NUMBER);
  private static final String NUMBER_OF_SEGMENT = "segment number";
  private static final BigDecimal HALF = new BigDecimal("0.5");
  private static final Count NOBODY = new Count(0, BigDecimal.ZERO, 0, 0, 0);
  private static final Sum NOTHING = new Sum(0, BigDecimal.ZERO);

  private final List<String> ids;
  private final List<String> indicators;
  private final Map<String, Count> counts = new HashMap<>();
  private final Map<String, Map<String, Sum>> sums = new HashMap<>();
  private final Map<String, long[]> buckets = new HashMap<>();
  private final Map<String, SortedMap<Integer, Optional<BigDecimal>>> medians = new HashMap<>();

  private SegmentFigures(SegmentModel model, List<String> indicators) {
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
  record Count(long customers, BigDecimal sales, long looked, long changed, long far) {
    Count plus(Count other) {
      return new Count(
          customers + other.customers,
          sales.add(other.sales),
          looked + other.looked,
          changed + other.changed,
          far + other.far);
    }
  }

  /** The sum of a number over the customers with a value, and their number. */
  record Sum(long known, BigDecimal total) {
    Sum plus(Sum other) {
      return new Sum(known + other.known, total.add(other.total));
    }

    Optional<BigDecimal> mean() {
      return known == 0
          ? Optional.empty()
          : Optional.of(
              total.divide(BigDecimal.valueOf(known), SegmentTables.PLACES, RoundingMode.HALF_UP));
    }
  }

  static SegmentFigures of(
      SegmentPlan plan, SegmentModel model, Dataset<Row> assigned, RankResults ranks) {
    List<String> indicators =
        plan.columns().stream()
            .filter(column -> NUMBERS.contains(column.indicator().unit()))
            .map(column -> column.name())
            .distinct()
            .toList();
    SegmentFigures figures = new SegmentFigures(model, indicators);
    figures.count(model, assigned);
    withMedians(model)
        .forEach(it -> figures.medians.put(it.value(), ranks.byGroup(it.quantile(HALF))));
    return figures;
  }

  private void count(SegmentModel model, Dataset<Row> assigned) {
    List<ExactSum> added =
        Stream.concat(Stream.of(ScorePlan.SALES), indicators.stream())
            .map(name -> ExactSum.of(assigned.schema(), name))
            .toList();
    List<Column> totals = new ArrayList<>(added.get(0).halves());
    totals.add(functions.count(Columns.column(ScoreColumns.PREVIOUS_SEGMENT)));
    totals.add(count_if(Columns.column(ScoreColumns.IS_SEGMENT_CHANGED)));
    totals.add(count_if(Columns.column(ScoreColumns.SQUARED_DISTANCE).gt(model.farSquared())));
    for (int i = 0; i < indicators.size(); i++) {
      totals.add(functions.count(Columns.column(indicators.get(i))));
      totals.addAll(added.get(i + 1).halves());
    }
    for (Feature feature : model.features()) {
      for (int bucket = 0; bucket < feature.counts().size(); bucket++) {
        totals.add(count_if(feature.bucket().equalTo(bucket)));
      }
      buckets.put(feature.name(), new long[feature.counts().size()]);
    }
    List<Row> rows =
        assigned
            .groupBy(Columns.column(ScoreColumns.SEGMENT_ID))
            .agg(functions.count(lit(1)), totals.toArray(Column[]::new))
            .collectAsList();
    rows.forEach(row -> add(row, added, model));
    if (counts.containsKey(Segment.UNKNOWN)) {
      ids.add(Segment.UNKNOWN);
    }
  }

  private void add(Row row, List<ExactSum> added, SegmentModel model) {
    String id = row.getString(0);
    counts.put(
        id,
        new Count(
            row.getLong(1),
            added.get(0).of(row, 2),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6)));
    int next = 7;
    Map<String, Sum> ofSegment = new HashMap<>();
    for (int i = 0; i < indicators.size(); i++) {
      ofSegment.put(
          indicators.get(i), new Sum(row.getLong(next), added.get(i + 1).of(row, next + 1)));
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
    return counts.getOrDefault(id, NOBODY);
  }

  Count all() {
    return counts.values().stream().reduce(NOBODY, Count::plus);
  }

  Sum sum(String id, String indicator) {
    return sums.getOrDefault(id, Map.of()).getOrDefault(indicator, NOTHING);
  }

  Sum sumOfAll(String indicator) {
    return ids.stream().map(id -> sum(id, indicator)).reduce(NOTHING, Sum::plus);
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
