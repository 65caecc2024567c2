package io.karat.matching;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Customers that pairs connect, each with the least id of those connected with it. */
final class ConnectedCustomers {
  private final Map<String, String> before = new HashMap<>();

  /** Connects two customers, and all that are connected with either. */
  void connect(String one, String other) {
    String first = least(one);
    String second = least(other);
    if (!first.equals(second)) {
      boolean isLess = first.compareTo(second) < 0;
      before.put(isLess ? second : first, isLess ? first : second);
    }
  }

  /** The least id that is connected with a customer; its own if none is. */
  String least(String customer) {
    String id = customer;
    String less = before.putIfAbsent(id, id);
    while (less != null && !less.equals(id)) {
      String further = before.getOrDefault(less, less);
      before.put(id, further);
      id = less;
      less = further;
    }
    return id;
  }

  boolean areConnected(String one, String other) {
    return before.containsKey(one) && before.containsKey(other) && least(one).equals(least(other));
  }

  /** The customers by the least id among them, without those that stand alone. */
  SortedMap<String, SortedSet<String>> clusters() {
    SortedMap<String, SortedSet<String>> clusters = new TreeMap<>();
    for (String customer : new TreeSet<>(before.keySet())) {
      clusters.computeIfAbsent(least(customer), id -> new TreeSet<>()).add(customer);
    }
    clusters.values().removeIf(customers -> customers.size() == 1);
    return clusters;
  }
}
