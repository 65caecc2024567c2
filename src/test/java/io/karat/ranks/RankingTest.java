package io.karat.ranks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.ranks.SortedCustomers.Customer;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests with random customers in random partitions: every result is that of sorting them all. */
class RankingTest {
  private static final RankedColumn SALES = RankedColumn.of("sales").within("region");
  private static final RankedColumn WITH_PROFIT = SALES.adding("profit");

  @Test
  void everyAnswerIsWhatSortingAllCustomersGives() {
    Random random = new Random(20260301);
    for (int firm = 0; firm < 150; firm++) {
      List<Customer> customers = customers(random);
      RankQueries inquiry = inquiry(customers, random);
      Map<Integer, SortedCustomers> sorted = SortedCustomers.byGroup(customers);
      for (RankedColumn column : inquiry.columns()) {
        EveryRankQuery every = EveryRankQuery.about(column);
        RankResults answers = inquiry.answer(every.questions());

        assertEquals(every.plain(sorted), every.found(sorted, answers));
      }
    }
  }

  /**
   * Few and many customers, with heavy ties and without, small amounts and ones that fit no long.
   */
  private static List<Customer> customers(Random random) {
    int number = random.nextInt(random.nextBoolean() ? 4 : 60);
    int different = 1 + random.nextInt(random.nextBoolean() ? 4 : 100);
    BigDecimal unit = new BigDecimal(BigInteger.TEN.pow(random.nextInt(4) * 9), 2);
    int least = random.nextBoolean() ? 0 : -different / 2;
    return Stream.generate(
            () ->
                new Customer(
                    random.nextInt(3),
                    unit.multiply(BigDecimal.valueOf(least + random.nextInt(different))),
                    unit.multiply(BigDecimal.valueOf(random.nextInt(5) - 1))))
        .limit(number)
        .toList();
  }

  private static RankQueries inquiry(List<Customer> customers, Random random) {
    Map<BigDecimal, List<Customer>> byValue = new TreeMap<>();
    customers.forEach(it -> byValue.computeIfAbsent(it.value(), none -> new ArrayList<>()).add(it));
    List<List<ValueCount>> partitions = new ArrayList<>(List.of(new ArrayList<>()));
    byValue.forEach(
        (value, equal) -> {
          if (random.nextInt(5) == 0) {
            partitions.add(new ArrayList<>());
          }
          partitions.get(partitions.size() - 1).addAll(counted(value, equal));
        });
    List<RankedColumn> columns = List.of(SALES, WITH_PROFIT);
    return new RankQueries(columns, List.of(2, 2), Ranking.of(new Partitions(partitions)));
  }

  /** The counts of each group in both columns. */
  private static List<ValueCount> counted(BigDecimal value, List<Customer> equal) {
    List<ValueCount> counted = new ArrayList<>();
    SortedCustomers.byGroup(equal)
        .forEach(
            (group, some) -> {
              BigInteger added =
                  some.customers().stream()
                      .map(it -> it.added().unscaledValue().max(BigInteger.ZERO))
                      .reduce(BigInteger.ZERO, BigInteger::add);
              long number = some.customers().size();
              BigInteger units = value.unscaledValue();
              counted.add(
                  new ValueCount(new Series(0, group).key(), units, number, BigInteger.ZERO));
              counted.add(new ValueCount(new Series(1, group).key(), units, number, added));
            });
    return counted;
  }

  /** Partitions in memory; a visit and its results are serialized, as on a cluster. */
  private record Partitions(List<List<ValueCount>> values) implements SortedValues {
    @Override
    public <R extends Serializable> List<R> visit(Class<R> found, Visit<R> visit) {
      Visit<?> sent = JavaSerialization.read(JavaSerialization.of(visit), Visit.class);
      return IntStream.range(0, values.size())
          .boxed()
          .flatMap(partition -> sent.to(partition, values.get(partition).iterator()).stream())
          .map(one -> JavaSerialization.read(JavaSerialization.of(one), found))
          .toList();
    }
  }
}
