package io.karat.ranks;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;

import io.karat.ranks.PartitionScan.Leg;
import io.karat.ranks.SortedValues.Visit;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A search in the order of all customers, although each partition sees only its own values.
 *
 * <p>A first visit adds up each partition, which gives the sums before each. A second visit then
 * finds all points searched for, in all series at once.
 */
final class Ranking {
  private final SortedValues values;
  private final Map<Long, Sums> all = new HashMap<>();
  private final Offsets offsets = new Offsets(new HashMap<>());

  private Ranking(SortedValues values) {
    this.values = values;
  }

  /** Adds up the values of each partition. */
  static Ranking of(SortedValues values) {
    Ranking ranking = new Ranking(values);
    values.visit(Part.class, Ranking::parts).stream()
        .sorted(comparing(Part::partition))
        .forEach(ranking::append);
    return ranking;
  }

  private void append(Part part) {
    Sums below = all.getOrDefault(part.series(), Sums.NONE);
    offsets.put(part.partition(), part.series(), below);
    all.put(part.series(), below.plus(part.sums()));
  }

  /** The sums over all customers of each series; a series without customers is absent. */
  Map<Long, Sums> all() {
    return Map.copyOf(all);
  }

  Offsets offsets() {
    return offsets;
  }

  /** The points found in each series with a search. */
  Map<Long, Leg> find(Map<Long, RankTargets> searches) {
    return values.visit(Leg.class, new Walks(new HashMap<>(searches), offsets)).stream()
        .collect(toMap(Leg::series, leg -> leg, Leg::and));
  }

  private static List<Part> parts(int partition, Iterator<ValueCount> values) {
    Map<Long, RunningSums> sums = new HashMap<>();
    values.forEachRemaining(
        value ->
            sums.computeIfAbsent(value.series(), none -> new RunningSums(Sums.NONE)).add(value));
    return sums.entrySet().stream()
        .map(series -> new Part(partition, series.getKey(), series.getValue().now()))
        .toList();
  }

  /** The sums of a series in one partition. */
  private record Part(int partition, long series, Sums sums) implements Serializable {}

  /** The sums over the customers before each partition, by partition and series. */
  record Offsets(Map<Integer, Map<Long, Sums>> before) implements Serializable {
    private void put(int partition, long series, Sums sums) {
      before.computeIfAbsent(partition, none -> new HashMap<>()).put(series, sums);
    }

    Sums of(int partition, long series) {
      return before.getOrDefault(partition, Map.of()).getOrDefault(series, Sums.NONE);
    }
  }

  /** A scan of one partition, over all series with a search. */
  private record Walks(Map<Long, RankTargets> searches, Offsets offsets) implements Visit<Leg> {
    @Override
    public List<Leg> to(int partition, Iterator<ValueCount> values) {
      Map<Long, PartitionScan> walks = new HashMap<>();
      values.forEachRemaining(value -> walk(partition, value, walks));
      return walks.values().stream().map(PartitionScan::end).toList();
    }

    private void walk(int partition, ValueCount value, Map<Long, PartitionScan> walks) {
      RankTargets search = searches.get(value.series());
      if (search == null) {
        return;
      }

      PartitionScan walk = walks.get(value.series());
      if (walk == null) {
        Sums before = offsets.of(partition, value.series());
        walks.put(value.series(), new PartitionScan(search, before, value));
      } else {
        walk.to(value);
      }
    }
  }
}
