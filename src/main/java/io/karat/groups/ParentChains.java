package io.karat.groups;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chains of parents, followed from every customer to the topmost one. A circle is cut at its least
 * id, which becomes the topmost customer.
 *
 * @param places the place of every customer who has a parent, and of those at whom a circle is cut
 * @param circling the number of customers on circles
 * @param deepest the greatest number of levels, 1 without parents
 */
record ParentChains(Map<String, Place> places, long circling, int deepest) {
  ParentChains {
    places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
  }

  /**
   * Place of a customer in its group.
   *
   * @param top the topmost customer
   * @param level 1 for the topmost customer
   */
  record Place(String top, int level) {}

  /**
   * Follows all chains.
   *
   * @param parents the parent of each customer who has one
   */
  static ParentChains of(Map<String, String> parents) {
    Map<String, String> uncut = new TreeMap<>(parents);
    long circling = 0;
    for (Set<String> circle : circles(uncut)) {
      circling += circle.size();
      uncut.remove(Collections.min(circle));
    }
    Map<String, Place> places = new HashMap<>();
    int deepest = 1;
    for (String customer : parents.keySet()) {
      deepest = Math.max(deepest, place(customer, uncut, places).level());
    }
    places.keySet().retainAll(parents.keySet());
    return new ParentChains(new TreeMap<>(places), circling, deepest);
  }

  /** The circles, each once. */
  private static List<Set<String>> circles(Map<String, String> parents) {
    List<Set<String>> circles = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (String customer : parents.keySet()) {
      Set<String> path = new LinkedHashSet<>();
      String id = customer;
      while (id != null && !seen.contains(id) && path.add(id)) {
        id = parents.get(id);
      }
      if (id != null && path.contains(id)) {
        List<String> way = List.copyOf(path);
        circles.add(new LinkedHashSet<>(way.subList(way.indexOf(id), way.size())));
      }
      seen.addAll(path);
    }
    return circles;
  }

  /** The place of a customer; those on the way to the top get theirs too. */
  private static Place place(
      String customer, Map<String, String> parents, Map<String, Place> places) {
    List<String> way = new ArrayList<>();
    String id = customer;
    while (!places.containsKey(id) && parents.containsKey(id)) {
      way.add(id);
      id = parents.get(id);
    }
    Place place = places.getOrDefault(id, new Place(id, 1));
    places.put(id, place);
    Collections.reverse(way);
    for (String below : way) {
      place = new Place(place.top(), place.level() + 1);
      places.put(below, place);
    }
    return place;
  }
}
