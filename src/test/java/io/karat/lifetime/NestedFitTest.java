package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.PurchaseForm.Dropout;
import io.karat.lifetime.PurchaseHistories.Counted;
import io.karat.lifetime.SimulatedCustomers.Simulated;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Customers with one rate, one chance or no dropout: the nested model is fitted and is right. */
class NestedFitTest {

  @ParameterizedTest
  @CsvSource({
    "BGNBD, 250, 11",
    "BGNBD, 250, 12",
    "BGNBD, 5000, 13",
    "MBGNBD, 250, 11",
    "MBGNBD, 2000, 14",
    "PARETONBD, 250, 11",
    "PARETONBD, 1000, 15"
  })
  void whereNobodyLeavesThePurchasesAreForetold(PurchaseFamily family, int size, int seed) {
    List<Simulated> customers =
        SimulatedCustomers.whoStay(NestedFitTest::rate).draw(size, seed, 365);
    PurchaseModel model = fitted(family, customers);

    double expected = sum(customers, it -> model.expected(it.history(), 365));
    double negativeBinomial =
        sum(customers, it -> (2 + it.history().repeats()) / (100 + it.history().age()) * 365);
    assertEquals(1, expected / negativeBinomial, 0.08, model.toString());
    double alive = sum(customers, it -> model.aliveProbability(it.history())) / size;
    assertEquals(1, alive, 0.03, model.toString());
  }

  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void oneRateOfAllIsFound(PurchaseFamily family) {
    List<Simulated> customers = SimulatedCustomers.whoStay(chance -> 0.02).draw(1_000, 3, 365);
    PurchaseModel model = fitted(family, customers);

    assertEquals(7.3, sum(customers, it -> model.expected(it.history(), 365)) / 1_000, 0.3);
  }

  static Stream<SimulatedCustomers> equalDropout() {
    return Stream.of(
        new SimulatedCustomers(PurchaseFamily.BGNBD, NestedFitTest::rate, chance -> 0.2),
        new SimulatedCustomers(PurchaseFamily.MBGNBD, NestedFitTest::rate, chance -> 0.1),
        new SimulatedCustomers(PurchaseFamily.PARETONBD, NestedFitTest::rate, chance -> 0.004));
  }

  @ParameterizedTest
  @MethodSource("equalDropout")
  void oneChanceOfAllIsForetold(SimulatedCustomers drawn) {
    for (int seed : List.of(5, 6)) {
      List<Simulated> customers = drawn.draw(1_500, seed, 365);
      PurchaseModel model = fitted(drawn.family(), customers);

      double expected = sum(customers, it -> model.expected(it.history(), 365));
      double came = sum(customers, it -> (double) it.later());
      assertEquals(1, expected / came, 0.1, model.toString());
    }
  }

  /** Three days apart, for 30 days, without chance: nobody leaves, all have one rate. */
  @Test
  void equalCustomersHaveOneRate() {
    PurchaseHistories equal =
        PurchaseHistories.of(List.of(new Counted(new PurchaseHistory(10, 100, 100), 300)));
    for (PurchaseFamily family : PurchaseFamily.AT_RANDOM) {
      PurchaseFit fit = PurchaseFit.of(family, equal);

      assertEquals("poisson", fit.form().word());
      assertEquals(0.1, fit.fit().parameters().get(0), 1e-9);
      assertEquals(1, fit.model().aliveProbability(equal.history(0)));
    }
  }

  static Stream<PurchaseForm> forms() {
    return PurchaseFamily.AT_RANDOM.stream()
        .flatMap(
            family ->
                Stream.concat(
                    Stream.of(PurchaseForm.full(family)),
                    PurchaseForm.full(family).nested().stream()));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void slopesAreThoseOfTheValue(PurchaseForm form) {
    PurchaseHistories histories =
        PurchaseHistories.of(
            List.of(
                new Counted(new PurchaseHistory(0, 0, 120), 30),
                new Counted(new PurchaseHistory(0, 0, 0), 2),
                new Counted(new PurchaseHistory(2, 90, 90), 5),
                new Counted(new PurchaseHistory(3, 20, 200), 7),
                new Counted(new PurchaseHistory(300, 150, 1_000), 1)));
    double[] at = Arrays.stream(parameters(form)).map(Math::log).toArray();
    Likelihood likelihood = form.likelihood(histories);
    double[] differences = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += 1e-5;
      below[i] -= 1e-5;
      differences[i] = (likelihood.at(above).value() - likelihood.at(below).value()) / 2e-5;
    }

    assertArrayEquals(differences, likelihood.at(at).slope().toArray(), 1e-6);
    PurchaseModel model = model(form);
    double sum =
        histories.all().stream()
            .mapToDouble(it -> it.customers() * model.logLikelihood(it.history()))
            .sum();
    assertEquals(sum / histories.total(), likelihood.at(at).value(), 1e-10);
  }

  /** A hundred million times the parameters of one rate, or of one chance. */
  @ParameterizedTest
  @MethodSource("forms")
  void aNestedModelIsTheLimitOfTheFullOne(PurchaseForm form) {
    double[] own = parameters(form);
    int first = form.hasEqualRates() ? 1 : 2;
    double[] rates =
        form.hasEqualRates() ? new double[] {own[0] * 1e6, 1e6} : Arrays.copyOf(own, 2);
    double[] dropout =
        switch (form.dropout()) {
          case VARIED -> Arrays.copyOfRange(own, first, first + 2);
          case EQUAL ->
              form.family() == PurchaseFamily.PARETONBD
                  ? new double[] {own[first] * 1e6, 1e6}
                  : new double[] {own[first] * 1e6, (1 - own[first]) * 1e6};
          case NONE -> new double[] {1e-6, 1};
        };
    PurchaseModel limit = form.family().model(List.of(rates[0], rates[1], dropout[0], dropout[1]));
    PurchaseModel model = model(form);
    for (PurchaseHistory history :
        List.of(
            new PurchaseHistory(0, 0, 120),
            new PurchaseHistory(3, 20, 200),
            new PurchaseHistory(9, 200, 210))) {
      assertEquals(limit.aliveProbability(history), model.aliveProbability(history), 2e-3);
      assertEquals(limit.expected(history, 90), model.expected(history, 90), 5e-3);
      assertEquals(
          limit.purchaseProbability(history, 90), model.purchaseProbability(history, 90), 2e-3);
      assertEquals(limit.logLikelihood(history), model.logLikelihood(history), 0.01);
    }
  }

  private static double[] parameters(PurchaseForm form) {
    double[] rates = form.hasEqualRates() ? new double[] {0.03} : new double[] {0.7, 25};
    double[] dropout =
        switch (form.dropout()) {
          case VARIED -> new double[] {0.9, 40};
          case EQUAL -> new double[] {form.family() == PurchaseFamily.PARETONBD ? 0.004 : 0.15};
          case NONE -> new double[0];
        };
    double[] all = Arrays.copyOf(rates, rates.length + dropout.length);
    System.arraycopy(dropout, 0, all, rates.length, dropout.length);
    return all;
  }

  private static PurchaseModel model(PurchaseForm form) {
    return form.model(Arrays.stream(parameters(form)).boxed().toList());
  }

  /** One dropout chance or rate, and rates that vary by little, are told apart from the rest. */
  @Test
  void formsHaveNamesOfTheirOwn() {
    assertEquals(
        List.of(
            "poisson",
            "nbd",
            "bgnbd_equal_rates_equal_dropout",
            "bgnbd_equal_dropout",
            "bgnbd_equal_rates"),
        PurchaseForm.full(PurchaseFamily.BGNBD).nested().stream().map(PurchaseForm::word).toList());
    assertEquals(
        List.of("r", "alpha", "mu"),
        new PurchaseForm(PurchaseFamily.PARETONBD, false, Dropout.EQUAL).parameters());
  }

  private static PurchaseModel fitted(PurchaseFamily family, List<Simulated> customers) {
    PurchaseFit fit = PurchaseFit.of(family, SimulatedCustomers.histories(customers));
    assertTrue(fit.isFound(), fit.toString());
    return fit.model();
  }

  private static double sum(List<Simulated> customers, ToDoubleFunction<Simulated> summand) {
    return customers.stream().mapToDouble(summand).sum();
  }

  private static double rate(RandomGenerator chance) {
    return new GammaDistribution(chance, 2, 1 / 100.0).sample();
  }
}
