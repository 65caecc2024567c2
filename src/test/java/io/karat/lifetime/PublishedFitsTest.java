package io.karat.lifetime;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.MaximumLikelihood.Maximum;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Fits to the CDNOW customers, equal to those of the literature. */
class PublishedFitsTest {
  private static final Map<PurchaseFamily, List<Double>> IN_WEEKS =
      Map.of(
          PurchaseFamily.BGNBD, List.of(0.2425945, 4.4136020, 0.7929220, 2.4259068),
          PurchaseFamily.PARETONBD, List.of(0.5532770, 10.5776835, 0.6062400, 11.6687353),
          PurchaseFamily.MBGNBD, List.of(0.5248432, 6.1830853, 0.8913594, 1.6140022));
  private static final Map<PurchaseFamily, Double> LOG_LIKELIHOODS =
      Map.of(
          PurchaseFamily.BGNBD, -9582.4292,
          PurchaseFamily.PARETONBD, -9594.9762,
          PurchaseFamily.MBGNBD, -9582.1357);

  /** Purchases of the next 39 weeks; there were 1,882. */
  private static final Map<PurchaseFamily, Double> NEXT =
      Map.of(
          PurchaseFamily.BGNBD, 1653.41,
          PurchaseFamily.PARETONBD, 1665.51,
          PurchaseFamily.MBGNBD, 1576.73);

  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void aFitInWeeksFindsThePublishedParameters(PurchaseFamily family) {
    Maximum fit = fit(family, Cdnow.WEEK);

    assertTrue(fit.isFound());
    assertClose(requireNonNull(IN_WEEKS.get(family)), fit.parameters(), 1e-4);
    assertEquals(requireNonNull(LOG_LIKELIHOODS.get(family)), fit.logLikelihood(), 0.0001);
  }

  /** alpha and beta are times: 7 times larger. Each of 2,457 repeat purchases costs ln 7. */
  @Test
  void aFitInDaysIsTheSameInAnotherUnit() {
    Maximum fit = fit(PurchaseFamily.BGNBD, 1);

    assertClose(List.of(0.2425945, 30.895214, 0.7929220, 2.4259068), fit.parameters(), 1e-4);
    assertEquals(-14363.5304, fit.logLikelihood(), 0.0001);
  }

  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void theUnitOfTimeChangesNoPrediction(PurchaseFamily family) {
    PurchaseModel days = family.model(fit(family, 1).parameters());
    for (double unit : List.of(7.0, 365.25)) {
      PurchaseModel other = family.model(fit(family, unit).parameters());
      for (Cdnow customer : Cdnow.customers().subList(0, 50)) {
        PurchaseHistory history = Cdnow.in(unit, customer.history());
        assertEquals(
            days.aliveProbability(customer.history()), other.aliveProbability(history), 1e-6);
        assertEquals(
            days.expected(customer.history(), 273), other.expected(history, 273 / unit), 1e-6);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void customersRepeatedTenTimesChangeNoParameter(PurchaseFamily family) {
    PurchaseHistories tenfold =
        PurchaseHistories.of(
            Cdnow.histories(1).all().stream()
                .map(it -> new PurchaseHistories.Counted(it.history(), 10 * it.customers()))
                .toList());
    Maximum ten = MaximumLikelihood.of(family.likelihood(tenfold));
    Maximum one = fit(family, 1);

    assertClose(one.parameters(), ten.parameters(), 1e-7);
    assertEquals(one.standardErrors().get(0) / Math.sqrt(10), ten.standardErrors().get(0), 1e-6);
  }

  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void thePurchasesOfTheNext39WeeksAreAsPublished(PurchaseFamily family) {
    PurchaseModel model = family.model(fit(family, 1).parameters());
    double expected =
        Cdnow.customers().stream().mapToDouble(it -> model.expected(it.history(), 273)).sum();

    assertEquals(requireNonNull(NEXT.get(family)), expected, 0.1);
    assertEquals(1_882, Cdnow.customers().stream().mapToLong(Cdnow::bought).sum());
  }

  @Test
  void singleCustomersAreAsPublished() {
    PurchaseModel bgnbd = PurchaseFamily.BGNBD.model(List.of(0.243, 4.414, 0.793, 2.426));
    PurchaseModel fitted = PurchaseFamily.BGNBD.model(fit(PurchaseFamily.BGNBD, 7).parameters());
    PurchaseModel pareto =
        PurchaseFamily.PARETONBD.model(fit(PurchaseFamily.PARETONBD, 7).parameters());
    PurchaseHistory often = new PurchaseHistory(26, 30.857143, 31);

    assertEquals(1.226, bgnbd.expected(new PurchaseHistory(2, 30.43, 38.86), 39), 0.0005);
    assertEquals(0.9688544, fitted.aliveProbability(often), 1e-5);
    assertEquals(25.7573, fitted.expected(often, 52), 1e-3);
    assertEquals(0.9978734, pareto.aliveProbability(often), 1e-5);
    assertEquals(25.4552, pareto.expected(often, 52), 1e-3);
  }

  @Test
  void whatCustomersSpendIsAsPublished() {
    Maximum fit = MaximumLikelihood.of(new SpendLikelihood(Cdnow.repeatSpends()));
    SpendModel spend = SpendFamily.GAMMAGAMMA.model(fit.parameters());

    assertTrue(fit.isFound());
    assertClose(List.of(6.2495723, 3.7442247, 15.4435210), fit.parameters(), 1e-4);
    assertEquals(-4055.9177, fit.logLikelihood(), 0.0001);
    Map.of("1", 24.65, "2", 18.91, "3", 35.17, "6", 71.46)
        .forEach((id, mean) -> assertEquals(mean, expectedMean(spend, id), 0.01));
  }

  private static double expectedMean(SpendModel spend, String id) {
    Cdnow customer =
        Cdnow.customers().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow();
    return spend.expectedMean((double) customer.history().repeats(), customer.repeatSpend());
  }

  private static Maximum fit(PurchaseFamily family, double unit) {
    return MaximumLikelihood.of(family.likelihood(Cdnow.histories(unit)));
  }

  private static void assertClose(List<Double> expected, List<Double> actual, double share) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), share * expected.get(i), actual.toString());
    }
  }
}
