package io.karat.ranks;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;

import io.karat.settings.IndicatorSettings.Better;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Plain implementation of all queries: all customers in one sorted list, and loops. */
record SortedCustomers(List<Customer> customers) {
  SortedCustomers {
    customers = customers.stream().sorted(comparing(Customer::value)).toList();
  }

  /** A customer with a value. */
  record Customer(int group, BigDecimal value, BigDecimal added) {}

  /** The bin of each customer, from the least value up. */
  List<Long> bins(int bins) {
    return customers.stream()
        .map(it -> 1 + bins * (2 * below(it) + equal(it)) / (2L * customers.size()))
        .map(bin -> Math.min(bin, bins))
        .toList();
  }

  private long equal(Customer customer) {
    return customers.stream().filter(it -> it.value().compareTo(customer.value()) == 0).count();
  }

  Optional<BigDecimal> topShare(BigDecimal share, Better better) {
    return top(share, better, it -> BigDecimal.ONE);
  }

  Optional<BigDecimal> topValueShare(BigDecimal share, Better better) {
    return top(share, better, it -> it.value().max(BigDecimal.ZERO));
  }

  Optional<BigDecimal> topAddedShare(BigDecimal share, Better better) {
    return top(share, better, it -> it.added().max(BigDecimal.ZERO));
  }

  private Optional<BigDecimal> top(
      BigDecimal share, Better better, Function<Customer, BigDecimal> counted) {
    Comparator<BigDecimal> best =
        better == Better.HIGHER ? reverseOrder() : Comparator.naturalOrder();
    Map<BigDecimal, BigDecimal> amounts = new TreeMap<>(best);
    customers.forEach(it -> amounts.merge(it.value(), counted.apply(it), BigDecimal::add));
    BigDecimal goal = share.multiply(sum(amounts.values().stream()));
    BigDecimal taken = BigDecimal.ZERO;
    Optional<BigDecimal> worst = Optional.empty();
    for (Map.Entry<BigDecimal, BigDecimal> group : amounts.entrySet()) {
      BigDecimal without = goal.subtract(taken);
      BigDecimal with = taken.add(group.getValue()).subtract(goal);
      if (without.signum() <= 0 || with.compareTo(without) > 0) {
        break;
      }

      taken = taken.add(group.getValue());
      worst = Optional.of(group.getKey());
    }
    return worst;
  }

  List<RankPoint> points(int most) {
    List<BigDecimal> different = customers.stream().map(Customer::value).distinct().toList();
    Stream<BigDecimal> taken =
        different.size() <= most
            ? different.stream()
            : IntStream.range(0, most)
                .map(place -> place * (customers.size() - 1) / (most - 1))
                .mapToObj(place -> customers.get(place).value())
                .distinct();
    return taken.map(value -> new RankPoint(value, percentile(value))).toList();
  }

  BigDecimal percentile(BigDecimal value) {
    long below = customers.stream().filter(it -> it.value().compareTo(value) < 0).count();
    long equal = customers.stream().filter(it -> it.value().compareTo(value) == 0).count();
    return BigDecimal.valueOf(100 * below)
        .add(BigDecimal.valueOf(50 * equal))
        .divide(BigDecimal.valueOf(customers.size()), 6, RoundingMode.HALF_UP);
  }

  Optional<BigDecimal> quantile(BigDecimal share) {
    BigDecimal goal = share.multiply(BigDecimal.valueOf(customers.size()));
    return IntStream.range(0, customers.size())
        .filter(index -> BigDecimal.valueOf(index + 1).compareTo(goal) >= 0)
        .mapToObj(index -> customers.get(index).value())
        .findFirst();
  }

  BigDecimal total() {
    return sum(customers.stream().map(Customer::value));
  }

  /** Half the mean difference of two customers, as a share of the mean. */
  BigDecimal gini(int decimals) {
    BigDecimal differences =
        sum(
            customers.stream()
                .flatMap(
                    one ->
                        customers.stream()
                            .map(other -> one.value().subtract(other.value()).abs())));
    BigDecimal twice = BigDecimal.valueOf(2L * customers.size());
    return differences.divide(twice.multiply(total()), decimals, RoundingMode.HALF_UP);
  }

  /** The sum of the best customers, for none to all of them. */
  List<BigDecimal> best() {
    List<BigDecimal> best = new ArrayList<>(List.of(BigDecimal.ZERO));
    for (int place = customers.size() - 1; place >= 0; place--) {
      best.add(best.get(best.size() - 1).add(customers.get(place).value()));
    }
    return best;
  }

  long mostCustomers() {
    List<BigDecimal> best = best();
    BigDecimal goal = total().multiply(new BigDecimal("0.8"));
    return IntStream.rangeClosed(0, customers.size())
        .filter(number -> best.get(number).compareTo(goal) >= 0)
        .findFirst()
        .orElseThrow();
  }

  private long below(Customer customer) {
    return customers.stream()
        .filter(other -> other.value().compareTo(customer.value()) < 0)
        .count();
  }

  private static BigDecimal sum(Stream<BigDecimal> values) {
    return values.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The customers of each group. */
  static Map<Integer, SortedCustomers> byGroup(List<Customer> customers) {
    Map<Integer, List<Customer>> groups = new TreeMap<>();
    customers.forEach(it -> groups.computeIfAbsent(it.group(), none -> new ArrayList<>()).add(it));
    Map<Integer, SortedCustomers> sorted = new TreeMap<>();
    groups.forEach((group, some) -> sorted.put(group, new SortedCustomers(some)));
    return sorted;
  }
}
