package io.karat.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests of firms with few accounts in clear groups: key accounts, regular ones, new ones,
 * occasional ones, and former customers. A few others are unlike anybody: without sales for years,
 * or with more returns than sales.
 */
class SmallFirmTest {
  private static final SegmentPlan FIVE = SegmentedCustomers.plan("k: 5");

  /** Recency, days with a sale, net sales and tenure of each group. */
  private static final double[][] GROUPS = {
    {10, 40, 60_000, 1_500},
    {90, 6, 20_000, 1_300},
    {20, 25, 6_000, 200},
    {30, 3, 500, 1_000},
    {300, 1, 300, 700},
  };

  private static final double[][] ODD = {{1_400, 0, 0, 1_450}, {350, 0, -9_000, 1_200}};

  /** With k = 5, accounts of different groups are never in the same segment. */
  @ParameterizedTest
  @CsvSource({
    "40, 3, 0",
    "40, 3, 1",
    "40, 4, 1",
    "40, 5, 1",
    "85, 3, 2",
    "85, 4, 0",
    "85, 4, 1",
    "85, 4, 2",
    "85, 5, 2",
    "200, 3, 2",
    "200, 4, 2",
    "200, 5, 2",
  })
  void everyGroupIsASegmentWhateverAFewOddAccountsDo(int accounts, int groups, int odd) {
    Random chance = new Random(accounts);
    List<double[]> firm = firm(accounts, groups, odd);
    for (double[] account : firm.subList(odd, accounts)) {
      for (int f = 0; f < account.length; f++) {
        account[f] *= 0.8 + 0.4 * chance.nextDouble();
      }
    }
    SegmentModel model = fit(FIVE, firm);
    Map<String, Set<Integer>> groupsOf = new TreeMap<>();
    for (int i = odd; i < accounts; i++) {
      groupsOf.computeIfAbsent(segment(firm.get(i), model), it -> new TreeSet<>()).add(i % groups);
    }

    assertTrue(groupsOf.size() >= groups, groupsOf::toString);
    assertTrue(groupsOf.values().stream().allMatch(it -> it.size() == 1), groupsOf::toString);
  }

  /** Where all accounts of a group are equal, there are no more segments than groups. */
  @ParameterizedTest
  @CsvSource({"85, 2, 0", "85, 2, 1", "40, 2, 1", "85, 3, 1"})
  void equalAccountsAreNotDivided(int accounts, int groups, int odd) {
    assertEquals(groups, fit(FIVE, firm(accounts, groups, odd)).segments().size());
  }

  /** The number is found among 3 to 8. */
  @ParameterizedTest
  @CsvSource({"85, 4, 0", "85, 4, 2"})
  void autoFindsAtLeastTheGroups(int accounts, int groups, int odd) {
    assertTrue(
        fit(SegmentedCustomers.plan("k: auto"), firm(accounts, groups, odd)).segments().size()
            >= groups);
  }

  private static List<double[]> firm(int accounts, int groups, int odd) {
    List<double[]> firm = new ArrayList<>();
    for (int i = 0; i < accounts; i++) {
      firm.add(i < odd ? ODD[i].clone() : GROUPS[i % groups].clone());
    }
    return firm;
  }

  private static SegmentModel fit(SegmentPlan plan, List<double[]> firm) {
    List<Row> rows = new ArrayList<>();
    for (double[] account : firm) {
      String id = "A%03d".formatted(rows.size());
      rows.add(
          RowFactory.create(id, 0L, account[2], account[0], account[1], account[2], account[3]));
    }
    TrainingSample sample = new TrainingSample(plan.features(), rows, rows.size());
    return new SegmentTrainer(plan, sample, SegmentedCustomers.NIGHT, Optional.empty())
        .train(true)
        .model();
  }

  private static String segment(double[] account, SegmentModel model) {
    return CustomerAssignment.of(FIVE.settings(), model, account, Optional.empty()).id();
  }
}
