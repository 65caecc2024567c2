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
 * What is looked for in the order of customers by one column.
 *
 * @param levels from the least value up, the values at which so many customers, or so much value,
 *     are reached
 * @param spreads values that are evenly spread
 */
record Search(Map<Along, SortedSet<BigInteger>> levels, List<Spread> spreads)
    implements Serializable {
  static final Search NOTHING = new Search(Map.of(), List.of());

  static Search levels(Along along, Collection<BigInteger> levels) {
    return new Search(Map.of(along, new TreeSet<>(levels)), List.of());
  }

  static Search spread(Spread spread) {
    return new Search(Map.of(), List.of(spread));
  }

  Search and(Search other) {
    Map<Along, SortedSet<BigInteger>> both = new TreeMap<>();
    levels.forEach((along, some) -> both.put(along, new TreeSet<>(some)));
    other.levels.forEach(
        (along, more) -> both.computeIfAbsent(along, none -> new TreeSet<>()).addAll(more));
    List<Spread> allSpreads = new ArrayList<>(spreads);
    allSpreads.addAll(other.spreads);
    return new Search(both, allSpreads);
  }
}
