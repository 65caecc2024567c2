package io.karat.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.LifetimeFit.Outcome;
import io.karat.models.Model;
import io.karat.run.UsageException;
import io.karat.settings.BilingualText;
import io.karat.settings.LifetimeSettings;
import io.karat.settings.LifetimeSettings.Accept;
import io.karat.settings.LifetimeSettings.Family;
import io.karat.settings.LifetimeSettings.Occasion;
import io.karat.settings.LifetimeSettings.SpendOn;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LifetimeFitTest {
  private static final LocalDate AS_OF = LocalDate.of(1997, 9, 30);

  @Test
  void theModelFileHasWhatTheFitFound() {
    LifetimeModel model = fit(Family.BGNBD, SpendOn.REPEATS, shop()).model().orElseThrow();
    String text = model.model().text();

    assertEquals("bgnbd", model.purchase().family().word());
    assertEquals(30.895, model.purchase().parameters().get(1), 0.001);
    assertEquals(15.4435, model.spend().orElseThrow().model().parameters().get(2), 0.001);
    assertTrue(text.contains("\"time_unit\" : \"day\""), text);
    assertTrue(text.contains("\"log_likelihood\" : -14363.53"), text);
    assertTrue(text.contains("\"winner\" : \"rfm_rank_sum\""), text);
    assertEquals(
        "A simple rule ranks customers better in the back-test: sum of RFM ranks (baseline), with a"
            + " Gini coefficient of 0.704 against 0.638 of BG/NBD, spend of repeat purchases.",
        model.notes().get(0).en());
    assertEquals(model, LifetimeModel.parse(new Model("lifetime", text)));
  }

  @Test
  void theBestOfTheHoldoutIsTaken() {
    LifetimeModel model = fit(Family.BEST, SpendOn.BEST, shop()).model().orElseThrow();

    assertEquals(PurchaseFamily.PARETONBD, model.purchase().family());
    assertEquals(SpendBasis.ALL, model.spend().orElseThrow().spending());
  }

  @Test
  void theOrderOfCustomersChangesNoByte() {
    List<HoldoutCustomer> shuffled = new ArrayList<>(shop());
    Collections.shuffle(shuffled, new Random(9));

    assertEquals(
        fit(Family.BGNBD, SpendOn.BEST, shop()), fit(Family.BGNBD, SpendOn.BEST, shuffled));
  }

  @Test
  void aFewCustomersAreNotFitted() {
    Outcome outcome = fit(Family.BGNBD, SpendOn.BEST, shop().subList(0, 50));

    assertTrue(outcome.model().isEmpty());
    assertTrue(
        reason(outcome).endsWith("customers have more than one purchase, expected at least 100"),
        reason(outcome));
  }

  @Test
  void oneTimeBuyersMustNotBeLeftOut() {
    List<HoldoutCustomer> repeaters =
        shop().stream().filter(it -> it.buyer().history().repeats() > 0).toList();

    String reason = reason(fit(Family.BGNBD, SpendOn.BEST, repeaters));
    assertTrue(reason.endsWith("one-time buyers seem to be missing from the inputs"), reason);
  }

  @Test
  void equalCustomersHaveOneRateAndOnePrice() {
    List<HoldoutCustomer> equal =
        Collections.nCopies(
            300,
            new HoldoutCustomer(
                new CustomerPurchases(new PurchaseHistory(10, 100, 100), 11, 110, 10, 100), 1, 10));

    LifetimeModel model = fit(Family.BGNBD, SpendOn.ALL, equal).model().orElseThrow();
    PurchaseHistory history = equal.get(0).buyer().history();
    String text = model.model().text();

    assertTrue(text.contains("\"model\" : \"poisson\""), text);
    assertTrue(text.contains("\"nested_in\" : \"bgnbd\""), text);
    assertTrue(text.contains("\"model\" : \"equal_means\""), text);
    assertEquals(36.5, model.purchase().expected(history, 365), 1e-6);
    assertEquals(1, model.purchase().aliveProbability(history));
    assertEquals(10, model.spend().orElseThrow().model().expectedMean(11, 110), 1e-9);
    assertTrue(model.answers(settings(Family.BGNBD, SpendOn.ALL)));
    assertFalse(model.answers(settings(Family.MBGNBD, SpendOn.ALL)));
  }

  /** Customers who come often spend more on each day here. */
  @Test
  void spendThatGrowsWithFrequencyIsSaid() {
    List<HoldoutCustomer> correlated =
        shop().stream()
            .map(
                it -> {
                  CustomerPurchases buyer = it.buyer();
                  double more = 1 + buyer.history().repeats();
                  return new HoldoutCustomer(
                      new CustomerPurchases(
                          buyer.history(),
                          buyer.days(),
                          buyer.total() * more,
                          buyer.repeatDays(),
                          buyer.repeatTotal() * more),
                      it.bought(),
                      it.sales());
                })
            .toList();
    LifetimeModel model = fit(Family.BGNBD, SpendOn.REPEATS, correlated).model().orElseThrow();

    assertTrue(model.model().text().contains("are correlated (0."), model.model().text());
  }

  @Test
  void withoutSpendThereIsAModelOfPurchases() {
    List<HoldoutCustomer> free =
        shop().stream()
            .map(
                it ->
                    new HoldoutCustomer(
                        new CustomerPurchases(it.buyer().history(), 0, 0, 0, 0), it.bought(), 1))
            .toList();
    LifetimeModel model = fit(Family.BGNBD, SpendOn.ALL, free).model().orElseThrow();

    assertTrue(model.spend().isEmpty());
    assertTrue(
        model
            .model()
            .text()
            .contains(
                "No model of spend is fitted, so expected amounts and lifetime values are unknown:"
                    + " 0 customers spent anything on the days that count, expected at least"
                    + " 100."));
  }

  /**
   * Half of the customers spend more than 4, a tenth more than 100, a hundredth more than 10,000.
   */
  @Test
  void spendWithoutAFiniteMeanLeavesTheJudgedPurchases() {
    List<HoldoutCustomer> shop = shop();
    List<HoldoutCustomer> wild =
        IntStream.range(0, shop.size())
            .mapToObj(
                i -> {
                  CustomerPurchases buyer = shop.get(i).buyer();
                  double mean = Math.pow((i * 7 % shop.size() + 0.5) / shop.size(), -2);
                  return new HoldoutCustomer(
                      new CustomerPurchases(
                          buyer.history(),
                          buyer.days(),
                          buyer.days() * mean,
                          buyer.repeatDays(),
                          buyer.repeatDays() * mean),
                      shop.get(i).bought(),
                      shop.get(i).bought() * mean);
                })
            .toList();
    LifetimeModel model = fit(Family.BGNBD, SpendOn.ALL, wild).model().orElseThrow();
    String text = model.model().text();

    assertEquals(30.895, model.purchase().parameters().get(1), 0.001);
    assertTrue(model.spend().isEmpty());
    assertTrue(text.contains("\"published\" : \"bgnbd\""), text);
    assertTrue(text.contains("\"name\" : \"bgnbd\""), text);
    assertEquals(
        "No model of spend is fitted, so expected amounts and lifetime values are unknown: the fit"
            + " of gammagamma does not converge to a finite mean.",
        model.notes().get(0).en());
  }

  /** The rule of past sales is right here, as everybody goes on as before. */
  @Test
  void aNaiveRuleThatDoesBetterIsSaid() {
    List<HoldoutCustomer> steady =
        shop().stream()
            .map(it -> new HoldoutCustomer(it.buyer(), it.bought(), it.buyer().total() * 90 / 273))
            .toList();
    LifetimeModel model = fit(Family.BGNBD, SpendOn.ALL, steady).model().orElseThrow();
    List<String> notes =
        model.notes().stream()
            .map(BilingualText::en)
            .filter(it -> it.startsWith("A simple"))
            .toList();

    assertEquals(3, notes.size(), notes.toString());
    assertTrue(notes.get(0).contains("ranks customers better in the back-test: past sales"));
    assertTrue(notes.get(1).contains("has the smaller mean absolute error in the back-test: past"));
    assertTrue(notes.get(2).contains("is nearer to the total in the back-test: past sales"));
  }

  @Test
  void aModelAnswersWhatItWasFittedFor() {
    LifetimeModel model = fit(Family.BGNBD, SpendOn.ALL, shop()).model().orElseThrow();

    assertTrue(model.answers(settings(Family.BGNBD, SpendOn.BEST)));
    assertTrue(model.answers(settings(Family.BEST, SpendOn.ALL)));
    assertFalse(model.answers(settings(Family.MBGNBD, SpendOn.ALL)));
    assertFalse(model.answers(settings(Family.BGNBD, SpendOn.REPEATS)));
  }

  @Test
  void aFileThatIsNoneIsRefused() {
    Model other = new Model("lifetime", "{\"format\": 2, \"kind\": \"lifetime\"}");
    Model broken = new Model("lifetime", "{");

    assertEquals(
        "Model file '%s' has format 2 of 'lifetime', expected format 1 of 'lifetime'. Run karat models fit lifetime."
            .formatted(other.name()),
        assertThrows(UsageException.class, () -> LifetimeModel.parse(other)).getMessage());
    assertTrue(
        String.valueOf(
                assertThrows(UsageException.class, () -> LifetimeModel.parse(broken)).getMessage())
            .startsWith("Model file '%s' cannot be read: ".formatted(broken.name())));
  }

  private static List<HoldoutCustomer> shop() {
    return Cdnow.customers().stream().map(Cdnow::judged).toList();
  }

  private static Outcome fit(Family family, SpendOn spendOn, List<HoldoutCustomer> customers) {
    return LifetimeFit.of(
        settings(family, spendOn),
        new Money(2),
        AS_OF,
        FitData.of(customers.stream().map(HoldoutCustomer::buyer).toList()),
        (days, choice) -> tests(customers, days));
  }

  /** Chooses on the same holdout, as the published figures are those of one. */
  private static BackTests tests(List<HoldoutCustomer> customers, int days) {
    Optional<BackTest> test = BackTest.of(customers, 0, days);
    return new BackTests(test, test);
  }

  private static LifetimeSettings settings(Family family, SpendOn spendOn) {
    return new LifetimeSettings(
        family,
        spendOn,
        Occasion.SALE,
        List.of(365),
        new BigDecimal("0.1"),
        Optional.of(90),
        new BigDecimal("30.4375"),
        30,
        Accept.MANUAL);
  }

  private static String reason(Outcome outcome) {
    return outcome.reason().map(BilingualText::en).orElse("");
  }
}
