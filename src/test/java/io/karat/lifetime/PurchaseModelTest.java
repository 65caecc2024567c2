package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.PurchaseHistories.Counted;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PurchaseModelTest {
  private static final List<Double> BETA_GEOMETRIC = List.of(0.25, 4.0, 0.8, 2.5);
  private static final PurchaseModel PARETO =
      PurchaseFamily.PARETONBD.model(List.of(0.55, 10.58, 0.61, 11.67));

  /** The first by hand: r ln(alpha / (alpha + T)) = 0.25 ln(4 / 44). */
  @ParameterizedTest
  @CsvSource({
    "BGNBD, 0, 0, -0.599473818",
    "BGNBD, 200, 38, 100.795693093",
    "MBGNBD, 0, 0, -0.417928262",
    "MBGNBD, 200, 38, 100.786909761"
  })
  void theLikelihoodOfOneCustomerIsAsPublished(
      PurchaseFamily family, long repeats, double last, double expected) {
    PurchaseModel model = family.model(BETA_GEOMETRIC);

    assertEquals(expected, model.logLikelihood(new PurchaseHistory(repeats, last, 40)), 1e-8);
  }

  @ParameterizedTest
  @CsvSource({"132, 6.20605179", "133, 6.25287225"})
  void theParetoNbdExpectsWhatIsPublished(long repeats, double expected) {
    assertEquals(expected, PARETO.expected(new PurchaseHistory(repeats, 200, 200), 10), 1e-7);
  }

  @Test
  void whoBoughtAThousandTimesAndThenNoMoreIsGone() {
    PurchaseModel model = PurchaseFamily.BGNBD.model(List.of(0.243, 4.414, 0.793, 2.426));

    assertEquals(0, model.aliveProbability(new PurchaseHistory(1000, 10, 100)));
  }

  @Test
  void whoBoughtOnceCannotHaveLeftInTheBgNbd() {
    PurchaseModel model = PurchaseFamily.BGNBD.model(BETA_GEOMETRIC);

    assertEquals(1, model.aliveProbability(new PurchaseHistory(0, 0, 5000)));
  }

  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void extremeCustomersHaveFiniteNumbers(PurchaseFamily family) {
    List<PurchaseHistory> extremes =
        List.of(
            new PurchaseHistory(0, 0, 0),
            new PurchaseHistory(0, 0, 20_000),
            new PurchaseHistory(1_000, 5_000, 5_000),
            new PurchaseHistory(1_000, 1_000, 8_000),
            new PurchaseHistory(1_000, 0, 0),
            new PurchaseHistory(1, 1e-9, 10_000));
    for (List<Double> parameters :
        List.of(
            BETA_GEOMETRIC,
            List.of(0.01, 0.5, 0.05, 0.03),
            List.of(50.0, 2_000.0, 40.0, 90.0),
            List.of(0.3, 30.0, 1.0, 1e-4))) {
      PurchaseModel model = family.model(parameters);
      for (PurchaseHistory history : extremes) {
        String which = "%s %s".formatted(model, history);
        double alive = model.aliveProbability(history);
        double year = model.expected(history, 365);
        double discounted = model.discounted(history, 365, Math.log(1.1) / 365);
        assertTrue(alive >= 0 && alive <= 1, which);
        assertTrue(Double.isFinite(model.logLikelihood(history)), which);
        assertTrue(year >= 0 && Double.isFinite(year), which);
        assertTrue(discounted <= year && discounted >= year / 1.1 * 0.999999, which);
        assertEquals(0, model.expected(history, 0), which);
      }
    }
  }

  /** Each twentieth of a day counts with the discount of its middle. */
  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void expectationsAddUpFromDayToDay(PurchaseFamily family) {
    PurchaseModel model = family.model(List.of(0.5, 20.0, 1.0, 3.0));
    PurchaseHistory history = new PurchaseHistory(3, 60, 100);
    double rate = Math.log(1.25) / 365;
    double discounted = 0;
    double before = 0;
    int steps = 20 * 730;
    for (int i = 1; i <= steps; i++) {
      double now = model.expected(history, i / 20.0);
      discounted += (now - before) * Math.exp(-rate * (i - 0.5) / 20);
      before = now;
    }

    assertEquals(discounted, model.discounted(history, 730, rate), 1e-7);
  }

  /** The closed form of the literature divides by a - 1. */
  @ParameterizedTest
  @EnumSource(
      value = PurchaseFamily.class,
      names = {"BGNBD", "MBGNBD"})
  void expectationsAreContinuousWhereTheClosedFormIsNot(PurchaseFamily family) {
    PurchaseHistory history = new PurchaseHistory(4, 80, 120);
    double below = family.model(List.of(0.5, 20.0, 1 - 1e-9, 3.0)).expected(history, 365);
    double at = family.model(List.of(0.5, 20.0, 1.0, 3.0)).expected(history, 365);

    assertEquals(below, at, 1e-7);
  }

  @ParameterizedTest
  @EnumSource(value = PurchaseFamily.class, mode = Mode.EXCLUDE, names = "CONTRACTUAL")
  void slopesAreThoseOfTheValue(PurchaseFamily family) {
    PurchaseHistories histories =
        PurchaseHistories.of(
            List.of(
                new Counted(new PurchaseHistory(0, 0, 120), 30),
                new Counted(new PurchaseHistory(0, 0, 0), 2),
                new Counted(new PurchaseHistory(2, 90, 90), 5),
                new Counted(new PurchaseHistory(3, 20, 200), 7),
                new Counted(new PurchaseHistory(300, 150, 1_000), 1)));
    Likelihood likelihood = family.likelihood(histories);
    double[] at = {Math.log(0.7), Math.log(25), Math.log(0.9), Math.log(40)};
    double[] differences = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += 1e-5;
      below[i] -= 1e-5;
      differences[i] = (likelihood.at(above).value() - likelihood.at(below).value()) / 2e-5;
    }

    assertArrayEquals(differences, likelihood.at(at).slope().toArray(), 1e-6);
    PurchaseModel model = family.model(Arrays.stream(at).map(Math::exp).boxed().toList());
    double sum =
        histories.all().stream()
            .mapToDouble(it -> it.customers() * model.logLikelihood(it.history()))
            .sum();
    assertEquals(sum / histories.total(), likelihood.at(at).value(), 1e-10);
  }

  @Test
  void aHistoryOutOfOrderIsRefused() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new PurchaseHistory(1, 5, 4));

    assertEquals(
        "Invalid purchase history (1, 5.0, 4.0): expected 0 <= repeats, 0 <= last <= age",
        refused.getMessage());
  }
}
