package io.karat.ranks;

import io.karat.ranks.PartitionScan.Leg;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Queries over the rankings of customers by some columns.
 *
 * @param columns in the order of their series
 * @param scales the decimals of each column
 */
record RankQueries(List<RankedColumn> columns, List<Integer> scales, Ranking ranking) {
  RankQueries {
    columns = List.copyOf(columns);
    scales = List.copyOf(scales);
  }

  RankResults answer(List<RankQuery<?>> questions) {
    Map<Long, RankTargets> searches = new HashMap<>();
    for (RankQuery<?> question : questions) {
      series(question.column())
          .forEach((key, all) -> searches.merge(key, question.search(all), RankTargets::and));
    }
    Map<Long, Leg> legs = ranking.find(searches);
    Map<RankedColumn, SortedMap<Integer, OrderStatistics>> found = new HashMap<>();
    columns.forEach(column -> found.put(column, found(column, legs)));
    return new RankResults(found);
  }

  private SortedMap<Integer, OrderStatistics> found(RankedColumn column, Map<Long, Leg> legs) {
    int scale = scales.get(place(column));
    SortedMap<Integer, OrderStatistics> found = new TreeMap<>();
    if (column.group().isEmpty()) {
      found.put(RankResults.ALL, OrderStatistics.nothing(scale));
    }
    series(column)
        .forEach(
            (key, all) -> {
              Leg leg = legs.getOrDefault(key, Leg.none(key));
              found.put(
                  Series.of(key).group(),
                  new OrderStatistics(scale, all, leg.steps(), leg.weighted()));
            });
    return found;
  }

  /** The sums over all customers of a column, by series. */
  private Map<Long, Sums> series(RankedColumn column) {
    int place = place(column);
    Map<Long, Sums> series = new HashMap<>(ranking.all());
    series.keySet().removeIf(key -> Series.of(key).column() != place);
    return series;
  }

  /**
   * The index of a column.
   *
   * @throws IllegalArgumentException if the column was not ranked
   */
  int place(RankedColumn column) {
    int place = columns.indexOf(column);
    if (place < 0) {
      throw column.notAmong(columns);
    }

    return place;
  }
}
