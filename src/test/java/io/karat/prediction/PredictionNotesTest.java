package io.karat.prediction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.BilingualText;
import io.karat.tables.Money;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Notes on back-tests of four customers, of whom two bought for 10 and 30. */
class PredictionNotesTest {
  private static final double[] BOUGHT = {0, 0, 1, 1};
  private static final double[] SALES = {0, 0, 10, 30};

  /** The regression has three of four pairs in order and errs by 40 in all; recency is right. */
  @Test
  void aNaiveRuleThatDoesBetterIsNamed() {
    Predictor own =
        Predictor.ofChances(
            Predictor.REGRESSION,
            new double[] {0.1, 0.6, 0.5, 0.7},
            Optional.of(new double[] {0, 20, 20, 20}));
    Predictor recency = Predictor.ofRanks("recency", new double[] {1, 2, 3, 4});
    Predictor rate = Predictor.ofAmounts("rate", new double[] {0, 0, 12, 32});

    assertEquals(
        List.of(
            "A simple rule ranks who buys better than the prediction in the back-test: Recency"
                + " (baseline), with an AUC of 1.000 against 0.750.",
            "A simple rule has the smaller mean absolute error in the back-test: Purchase rate so"
                + " far (baseline), with 1.00 GBP per customer against 10.00 GBP of the prediction.",
            "A simple rule is nearer to the total in the back-test: Purchase rate so far"
                + " (baseline), with a bias of +10.0 % against +50.0 % of the prediction."),
        notes(own, recency, rate));
  }

  /** Errors of 4 and 4, and 4.004, are 2 per customer. */
  @Test
  void figuresThatAreShownAlikeAreEqual() {
    Predictor own =
        Predictor.ofChances(
            Predictor.REGRESSION,
            new double[] {0.1, 0.2, 0.6, 0.7},
            Optional.of(new double[] {0, 0, 14, 34.004}));
    Predictor rate = Predictor.ofAmounts("rate", new double[] {0, 0, 14, 34});

    assertEquals(
        List.of(
            "A simple rule has the same mean absolute error as the prediction in the back-test:"
                + " Purchase rate so far (baseline), both with 2.00 GBP per customer.",
            "A simple rule is as near to the total as the prediction in the back-test: Purchase"
                + " rate so far (baseline), both with a bias of +20.0 %."),
        notes(own, rate));
  }

  @Test
  void aPredictionThatWinsLeavesNothingToSay() {
    Predictor own =
        Predictor.ofChances(
            Predictor.REGRESSION, new double[] {0.1, 0.2, 0.6, 0.7}, Optional.of(SALES));
    Predictor rate = Predictor.ofAmounts("rate", new double[] {5, 0, 5, 9});

    assertEquals(List.of(), notes(own, rate));
  }

  /** The trees have all four pairs in order, the regression none: there is no chance about it. */
  @Test
  void aChallengerThatWinsBeyondChanceIsNamed() {
    Predictor own =
        Predictor.ofChances(
            Predictor.REGRESSION, new double[] {0.7, 0.6, 0.2, 0.1}, Optional.of(SALES));
    Predictor trees =
        Predictor.ofChances(Predictor.TREES, new double[] {0.1, 0.2, 0.6, 0.7}, Optional.of(SALES));

    assertEquals(
        List.of(
            "A challenger ranks who buys better by more than chance explains: Gradient-boosted"
                + " trees (challenger), by an AUC of 1.000 (1.000 to 1.000). The regression is"
                + " published all the same, as its reasons add up."),
        notes(own, trees));
  }

  /** 61 in place of 40 in all. */
  @Test
  void amountsThatAreOffByMoreThanHalfAreNotPublished() {
    Predictor own =
        Predictor.ofChances(
            Predictor.REGRESSION,
            new double[] {0.1, 0.2, 0.6, 0.7},
            Optional.of(new double[] {0, 0, 21, 40}));

    assertEquals(
        List.of(
            "Amounts are not predicted: in the back-test their total was off by +52.5 %, expected at"
                + " most 50 % in either direction."),
        notes(own));
  }

  @Test
  void amountsThatAreMissingAreSaid() {
    Predictor own =
        Predictor.ofChances(
            Predictor.REGRESSION, new double[] {0.1, 0.2, 0.6, 0.7}, Optional.empty());

    assertEquals(
        List.of("Amounts are not predicted: fewer than 100 buyers kept what they bought."),
        notes(own));
  }

  private static List<String> notes(Predictor own, Predictor... others) {
    List<PredictorJudgement> judgements =
        Stream.concat(Stream.of(own), Arrays.stream(others))
            .map(it -> PredictorJudgement.of(it, own, BOUGHT, SALES))
            .toList();
    return new PredictionNotes(
            new PredictionBackTest(
                4, 2, 40, 1, AmountFactor.NONE, AmountFactor.NONE, 1, judgements),
            new Money(2, Optional.of(Currency.getInstance("GBP"))))
        .all().stream().map(BilingualText::en).toList();
  }
}
