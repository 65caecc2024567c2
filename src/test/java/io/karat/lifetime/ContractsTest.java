package io.karat.lifetime;

import static org.apache.spark.sql.functions.expr;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.generate.SyntheticFirm;
import io.karat.lifetime.PurchaseHistories.Counted;
import io.karat.testing.LocalSpark;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The model of contracts beside its paper: Fader and Hardie, How to Project Customer Retention,
 * Journal of Interactive Marketing 21 (2007).
 */
@ExtendWith(LocalSpark.class)
class ContractsTest {
  private static final double YEAR = 365;
  private static final PurchaseForm YEARLY = PurchaseForm.contractual(YEAR);
  private static final PurchaseForm MONTHLY = PurchaseForm.contractual(30);

  /** The customers of 1,000 who are left after 0 to 12 years; the first 8 numbers are fitted. */
  private static final int[] HIGH_END = {
    1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394
  };

  private static final int[] REGULAR = {
    1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173
  };

  @Test
  void thePublishedFitsComeOut() {
    PurchaseFit highEnd = PurchaseFit.best(YEARLY, left(HIGH_END));
    PurchaseFit regular = PurchaseFit.best(YEARLY, left(REGULAR));

    assertParameters(0.668, 3.806, -1611.16, highEnd);
    assertParameters(0.704, 1.182, -1680.27, regular);
  }

  /**
   * The survivors that the paper's figure 4 draws, to the year 12, of which 8 to 12 are foretold.
   */
  @Test
  void survivorsAreForetoldAsInThePaper() {
    double[] foretold = {
      100, 85.1, 74.7, 67.0, 61.0, 56.2, 52.2, 48.9, 46.0, 43.6, 41.4, 39.5, 37.8
    };
    ShiftedBetaGeometric model = model(YEARLY, left(HIGH_END));
    ShiftedBetaGeometric regular = model(YEARLY, left(REGULAR));

    for (int year = 0; year < foretold.length; year++) {
      assertEquals(foretold[year], 100 * model.survival(year), 0.05, "year " + year);
      assertEquals(HIGH_END[year] / 10.0, 100 * model.survival(year), 2.5, "year " + year);
      assertEquals(REGULAR[year] / 10.0, 100 * regular.survival(year), 1.4, "year " + year);
    }
  }

  /** They leave at the end of a month with a probability that is beta(1, 8) among them. */
  @Test
  void generatedSubscribersLeaveAsTheyWereMadeTo(SparkSession spark) {
    SyntheticFirm firm =
        new SyntheticFirm(
            3_000, 730, 5, LocalDate.of(2024, 1, 1), SyntheticFirm.DEFAULT_ZONE, 1, 0, true, false);
    List<Counted> counted =
        firm
            .transactions(spark)
            .where("type = 'SALE'")
            .selectExpr("customer_id", "to_date(transaction_time) AS day")
            .groupBy("customer_id")
            .agg(
                expr("count(DISTINCT day) - 1").as("repeats"),
                expr("datediff(max(day), min(day))").as("last"),
                expr("datediff(DATE '%s', min(day))".formatted(firm.lastDay())).as("age"))
            .groupBy("repeats", "last", "age")
            .count()
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Counted(
                        new PurchaseHistory(row.getLong(0), row.getInt(1), row.getInt(2)),
                        row.getLong(3)))
            .toList();
    PurchaseForm monthly = PurchaseForm.contractual(30.4375);
    PurchaseHistories histories = PurchaseHistories.of(counted);

    assertEquals(Optional.empty(), new ContractCharges(histories, 30.4375).refusal());
    PurchaseFit fit = PurchaseFit.best(monthly, histories);
    assertEquals(1, fit.fit().parameters().get(0), 0.15);
    assertEquals(8, fit.fit().parameters().get(1), 1.5);
  }

  private static void assertParameters(
      double alpha, double beta, double logLikelihood, PurchaseFit fit) {
    assertTrue(fit.isFound());
    assertEquals("contractual", fit.form().word());
    assertEquals(alpha, fit.fit().parameters().get(0), 0.0005);
    assertEquals(beta, fit.fit().parameters().get(1), 0.0005);
    assertEquals(logLikelihood, fit.fit().logLikelihood(), 0.005);
  }

  /** A cohort 40 days after its seventh renewal, so that the last one is decided. */
  private static PurchaseHistories left(int[] survivors) {
    double age = 7 * YEAR + 40;
    List<Counted> counted = new ArrayList<>();
    for (int year = 1; year <= 7; year++) {
      counted.add(contract(year - 1, age, survivors[year - 1] - survivors[year]));
    }
    counted.add(contract(7, age, survivors[7]));
    return PurchaseHistories.of(counted);
  }

  private static Counted contract(int renewals, double age, int customers) {
    return new Counted(new PurchaseHistory(renewals, renewals * YEAR, age), customers);
  }

  private static ShiftedBetaGeometric model(PurchaseForm form, PurchaseHistories histories) {
    return (ShiftedBetaGeometric) PurchaseFit.best(form, histories).model();
  }

  /**
   * With a mean chance to stay of 0.8, as equal as can be and as different as can be, at 10 % a
   * year: the residual lifetimes of the second paper (2010), summed term by term.
   */
  @ParameterizedTest
  @CsvSource({
    "3.8,   15.2,  0, 3.31",
    "3.8,   15.2,  4, 3.84",
    "0.067, 0.267, 0, 7.67",
    "0.067, 0.267, 4, 10.19",
    "0.668, 3.806, 1, 5.90",
  })
  void residualLifetimesAreTheSumOfDiscountedSurvivals(
      double alpha, double beta, int renewals, double expected) {
    BetaChances chances = new BetaChances(alpha, beta);
    double probability = 1;
    double sum = 0;
    for (int j = 0; j < 2_000; j++) {
      probability *= (beta + renewals + j) / (alpha + beta + renewals + j);
      sum += probability * Math.pow(1.1, -j);
    }

    double residual = ResidualRenewals.of(chances, 1 / 1.1).after(renewals);
    assertEquals(expected, residual, 0.005);
    assertEquals(sum, residual, 1e-9);
    assertTrue(Double.isNaN(ResidualRenewals.of(chances, 1).after(renewals)), "without a discount");
  }

  /** A charge each 30 days; it is late from the 15th day on. */
  @ParameterizedTest
  @CsvSource({
    "0,   0, 0, 0, true,  30", // charged today
    "0,  45, 0, 0, true,  0", // the next charge may still come
    "0,  46, 0, 0, false, 0",
    "61, 70, 2, 1, true,  21", // two renewals, the second not yet late for others
    "61, 75, 2, 2, true,  16",
    "90, 200, 3, 3, false, 0",
  })
  void chargesSayWhetherAContractRuns(
      double last, double age, long renewals, long decided, boolean isRunning, double toNext) {
    assertEquals(
        new Contract(renewals, decided, isRunning, toNext),
        Contract.of(new PurchaseHistory(9, last, age), 30));
  }

  /** Chances to stay are 2/3 at first, then 3/4, 4/5: alpha 1, beta 2. */
  @Test
  void renewalsThatAreDueInTheHorizonAreExpected() {
    PurchaseModel model = MONTHLY.model(List.of(1.0, 2.0));
    PurchaseHistory once = new PurchaseHistory(0, 0, 10);
    PurchaseHistory gone = new PurchaseHistory(3, 90, 200);

    assertEquals(0, model.expected(once, 19), "the first renewal is due in 20 days");
    assertEquals(1, model.purchaseProbability(once, 19), "so the contract runs on");
    assertEquals(2.0 / 3, model.expected(once, 20), 1e-12);
    assertEquals(2.0 / 3 + 0.5, model.expected(once, 50), 1e-12);
    assertEquals(0.5, model.purchaseProbability(once, 50), 1e-12);
    assertEquals(
        2.0 / 3 * Math.exp(-0.02) + 0.5 * Math.exp(-0.05),
        model.discounted(once, 50, 0.001),
        1e-12);
    assertEquals(1, model.aliveProbability(once));
    assertEquals(0, model.aliveProbability(gone));
    assertEquals(0, model.expected(gone, 365));
    assertEquals(0, model.purchaseProbability(gone, 365));
    assertEquals(0, model.discounted(gone, 365, 0.001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"contractual", "contractual_equal_dropout"})
  void slopesAreThoseOfTheValue(String word) {
    PurchaseForm form = YEARLY.named(word).orElseThrow();
    PurchaseHistories histories = left(REGULAR);
    double[] at = form.isNested() ? new double[] {-1.5} : new double[] {-0.3, 0.4};
    Likelihood likelihood = form.likelihood(histories);
    double[] differences = new double[at.length];
    for (int i = 0; i < at.length; i++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[i] += 1e-5;
      below[i] -= 1e-5;
      differences[i] = (likelihood.at(above).value() - likelihood.at(below).value()) / 2e-5;
    }
    PurchaseModel model = form.model(Arrays.stream(at).map(Math::exp).boxed().toList());
    double sum =
        histories.all().stream()
            .mapToDouble(it -> it.customers() * model.logLikelihood(it.history()))
            .sum();

    assertArrayEquals(differences, likelihood.at(at).slope().toArray(), 1e-8);
    assertEquals(sum / histories.total(), likelihood.at(at).value(), 1e-12);
  }

  /** Contracts that begin on any day of two years: who left lately is not known yet. */
  @Test
  void parametersOfContractsOfAnyAgeComeBack() {
    ShiftedBetaGeometric model = model(MONTHLY, drawn(40_000, 0.8, 6));

    assertEquals(0.8, model.parameters().get(0), 0.04);
    assertEquals(6, model.parameters().get(1), 0.4);
  }

  /** Where one in ten leaves every year, the geometric model is nested. */
  @Test
  void oneChanceOfAllIsFound() {
    int[] ofTen = {10_000, 9_000, 8_100, 7_290, 6_561, 5_905, 5_314, 4_783};
    PurchaseFit fit = PurchaseFit.best(YEARLY, left(ofTen));

    assertEquals("contractual_equal_dropout", fit.form().word());
    assertEquals(0.1, fit.fit().parameters().get(0), 0.0005);
  }

  private static PurchaseHistories drawn(int customers, double alpha, double beta) {
    Well19937c chance = new Well19937c(7);
    BetaDistribution leaving = new BetaDistribution(chance, alpha, beta);
    List<Counted> counted = new ArrayList<>();
    for (int i = 0; i < customers; i++) {
      double leaves = leaving.sample();
      int age = chance.nextInt(730);
      int renewals = 0;
      while ((renewals + 1) * 30 <= age && chance.nextDouble() >= leaves) {
        renewals++;
      }
      counted.add(new Counted(new PurchaseHistory(renewals, renewals * 30, age), 1));
    }
    return PurchaseHistories.of(counted);
  }

  @Test
  void purchasesAtRandomAreNoContracts() {
    PurchaseHistories monthly =
        PurchaseHistories.of(List.of(contract(3, 3 * YEAR, 60), contract(1, 9 * YEAR, 40)));

    assertEquals(
        "these are no contracts with a period of 30 days: 0 % of the customers charged more than"
            + " once were charged about once a period, expected at least half, and their median"
            + " interval is 365 days. Set lifetime_value.contract_period_days, or a model of"
            + " purchases at random",
        new ContractCharges(monthly, 30).refusal().orElseThrow().en());
    assertTrue(new ContractCharges(monthly, YEAR).refusal().isEmpty());
    assertEquals(
        "0 contracts have ended, expected at least 20",
        new ContractCharges(PurchaseHistories.of(List.of(contract(3, 3 * YEAR, 60))), YEAR)
            .refusal()
            .orElseThrow()
            .en());
    assertFalse(YEARLY.isNested());
  }
}
