package io.karat.ranks;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The points to search for in the ranking of customers by one column.
 *
 * @param levels numbers of customers or sums of value; the value that reaches each, from the least
 *     up, is searched for
 * @param spreads sets of values that are evenly spaced by rank
 */
record RankTargets(Map<CumulativeOf, SortedSet<BigInteger>> levels, List<EvenRanks> spreads)
    implements Serializable {
  static final RankTargets NOTHING = new RankTargets(Map.of(), List.of());

  static RankTargets levels(CumulativeOf along, Collection<BigInteger> levels) {
    return new RankTargets(Map.of(along, new TreeSet<>(levels)), List.of());
  }

  static RankTargets spread(EvenRanks spread) {
    return new RankTargets(Map.of(), List.of(spread));
  }

  RankTargets and(RankTargets other) {
    Map<CumulativeOf, SortedSet<BigInteger>> both = new TreeMap<>();
    levels.forEach((along, some) -> both.put(along, new TreeSet<>(some)));
    other.levels.forEach(
        (along, more) -> both.computeIfAbsent(along, none -> new TreeSet<>()).addAll(more));
    List<EvenRanks> allSpreads = new ArrayList<>(spreads);
    allSpreads.addAll(other.spreads);
    return new RankTargets(both, allSpreads);
  }
}
