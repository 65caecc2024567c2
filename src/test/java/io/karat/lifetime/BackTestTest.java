package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.BackTest.Calibration;
import io.karat.lifetime.BackTest.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackTestTest {
  /** Two customers of equal prediction count with their mean: 6 and 2 as 4 and 4. */
  @Test
  void rankingsAreJudgedByWhatTheBestMake() {
    double[] actuals = {10, 6, 2, 2, 0};
    HoldoutEvaluation perfect = HoldoutEvaluation.ofAmounts("perfect", actuals, actuals);
    HoldoutEvaluation tied =
        HoldoutEvaluation.ofRanks("tied", new double[] {9, 5, 5, 1, 1}, actuals);
    HoldoutEvaluation blind =
        HoldoutEvaluation.ofRanks("blind", new double[] {1, 1, 1, 1, 1}, actuals);

    assertEquals(1, perfect.gini(), 1e-12);
    assertEquals(0.5, perfect.topCapture(), 1e-12);
    // Shares 10, 14, 18, 19, 20 of 20 beside 10, 16, 18, 20, 20; equal shares end at 0.2.
    assertEquals((2 * 81 / 100.0 - 1) / (2 * 84 / 100.0 - 1), tied.gini(), 1e-12);
    assertEquals(0.2, blind.topCapture(), 1e-12);
    assertEquals((2 * 60 / 100.0 - 1) / (2 * 84 / 100.0 - 1), blind.gini(), 1e-12);
  }

  @Test
  void errorsAreThoseOfTheAmounts() {
    HoldoutEvaluation.Errors errors =
        HoldoutEvaluation.ofAmounts("half", new double[] {4, 0}, new double[] {8, 0})
            .errors()
            .orElseThrow();

    assertEquals(-0.5, errors.bias());
    assertEquals(2, errors.absolute());
    assertEquals(Math.sqrt(8), errors.squared(), 1e-12);
  }

  @Test
  void theMusicShopIsRankedAsPublished() {
    BackTest test = musicShop(Cdnow.customers().stream().map(Cdnow::judged).toList());
    Map<String, Double> published =
        Map.of(
            "rfm_rank_sum", 0.7043,
            "paretonbd_all", 0.6930,
            "past_sales", 0.6803,
            "paretonbd_repeats", 0.6595,
            "bgnbd_repeats", 0.6381);

    published.forEach((name, gini) -> assertEquals(gini, gini(test, name), 0.001, name));
    assertEquals("rfm_rank_sum", test.winner(BackTest.Measure.RANKING));
    assertEquals(
        new Candidate(PurchaseFamily.BGNBD, SpendBasis.ALL),
        test.best(List.of(PurchaseFamily.BGNBD), List.of(SpendBasis.values())).orElseThrow());
  }

  /** Customers of no repeats: 1,411, few of whom come back. */
  @Test
  void expectationsAreComparedByFrequency() {
    BackTest test = musicShop(Cdnow.customers().stream().map(Cdnow::judged).toList());
    List<Calibration> rows = test.calibrations().getOrDefault(PurchaseFamily.BGNBD, List.of());

    assertEquals(8, rows.size());
    assertEquals(1_411, rows.get(0).customers());
    assertEquals(2_357, rows.stream().mapToLong(Calibration::customers).sum());
    assertEquals(
        1_882, rows.stream().mapToDouble(row -> row.actual() * row.customers()).sum(), 1e-6);
    assertEquals(
        1_653.41, rows.stream().mapToDouble(row -> row.expected() * row.customers()).sum(), 0.1);
    assertTrue(rows.get(0).actual() < rows.get(7).actual());
  }

  @Test
  void theOrderOfCustomersChangesNothing() {
    List<HoldoutCustomer> shuffled =
        new ArrayList<>(Cdnow.customers().stream().map(Cdnow::judged).toList());
    BackTest test = musicShop(shuffled);
    Collections.shuffle(shuffled, new Random(3));

    assertEquals(test, musicShop(shuffled));
  }

  @Test
  void withoutSalesThereIsNothingToJudge() {
    HoldoutCustomer quiet =
        new HoldoutCustomer(new CustomerPurchases(new PurchaseHistory(0, 0, 5), 1, 3, 0, 0), 0, 0);

    assertEquals(Optional.empty(), BackTest.of(List.of(quiet), 0, 30));
  }

  private static BackTest musicShop(List<HoldoutCustomer> customers) {
    return BackTest.of(customers, 0, 273).orElseThrow();
  }

  private static double gini(BackTest test, String name) {
    return test.judgements().stream()
        .filter(it -> it.name().equals(name))
        .findFirst()
        .orElseThrow()
        .gini();
  }
}
