package io.karat.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.explain.CustomerExplanation;
import io.karat.explain.ExplainedScores;
import io.karat.night.CustomerIds;
import io.karat.scores.CustomerScores;
import io.karat.scores.CustomerScores.BuyerType;
import io.karat.scores.CustomerScores.Churn;
import io.karat.scores.CustomerScores.Part;
import io.karat.scores.CustomerScores.Score;
import io.karat.scores.CustomerScores.Standing;
import io.karat.scores.CustomerScores.Start;
import io.karat.scores.CustomerScreening;
import io.karat.scores.CustomerScreening.Criterion;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScoresSectionTest {
  private static final BilingualText TOP = new BilingualText("Top", "顶层");
  private static final BilingualText GOOD = new BilingualText("Good", "良好");

  private static final CustomerScores SCORES =
      new CustomerScores(
          List.of(
              new Score(
                  "worth_score",
                  number("54.17"),
                  List.of(
                      new Start(TOP, new BigDecimal("65.63")),
                      new Start(GOOD, new BigDecimal("40.00"))),
                  number("11.46"),
                  Optional.empty(),
                  List.of(part("net_sales_amount_365d", "20.00", "50", "75", "37.50", "40.00"))),
              new Score(
                  "rfm_score",
                  Optional.empty(),
                  List.of(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of(part("recency_days", "", "", "1", "0", "")))),
          List.of(
              new Standing("worth_tier", Optional.of("GOOD"), GOOD),
              new Standing("lifecycle", Optional.empty(), new BilingualText("", ""))),
          List.of(screening(true)),
          Optional.of(
              new BuyerType(
                  new BilingualText("Undecided", "类型未定"),
                  "strategic_score",
                  new BigDecimal("61.50"),
                  new BigDecimal("3.20"),
                  new BigDecimal("5"))),
          Optional.of(churn(false)));

  @Test
  void aTierStandsBesideWhereItBeginsAndWhatTheNextOneTakes() {
    assertEquals(
        """
        Classes, tiers and labels, by cut points c1
          column      code  name
          ----------  ----  ----
          worth_tier  GOOD  Good
          lifecycle

        worth_score: 54.17 points (Top from 65.63, Good from 40), 11.46 more to the next tier
          indicator              value  normalised  weight  points  for the next tier
          ---------------------  -----  ----------  ------  ------  -----------------
          net_sales_amount_365d     20          50      75    37.5                 40

        rfm_score: ? points
          indicator     value  normalised  weight  points
          ------------  -----  ----------  ------  ------
          recency_days                          1       0

        key_customer: Candidate
          criterion     indicator              value  needed        result
          ------------  ---------------------  -----  ------------  -------
          satisfaction  satisfaction_365d        3.5  at least 4    failed
          size          net_sales_amount_365d    500  at least 400  passed
          recency       recency_days                  at most 30    unknown

        buyer_type: Undecided, as the largest score, strategic_score with 61.5 points, leads by 3.2; it has to lead by 5

        expected_churn: 0.3, as satisfaction_365d is 2.5; learned by level, linear in between: 2: 0.4, 3: 0.2
        """
            .strip(),
        shown(Language.EN));
  }

  @Test
  void whoHasLeftHasAChurnOfOneWhateverTheSatisfaction() {
    assertTrue(
        shown(
                new CustomerScores(
                    List.of(),
                    List.of(),
                    List.of(screening(false)),
                    Optional.empty(),
                    Optional.of(churn(true))),
                Language.EN)
            .endsWith(
                "expected_churn: 1, as the customer counts as having left by the rule of churn.left"));
  }

  /** Who is not screened passes and fails nothing. */
  @Test
  void whoIsNotScreenedIsSaidToBeSo() {
    assertEquals(
        """
        key_customer: No, as the customer is not among those who are screened
          criterion     indicator              value  needed        result
          ------------  ---------------------  -----  ------------  ------
          satisfaction  satisfaction_365d        3.5  at least 4
          size          net_sales_amount_365d    500  at least 400
          recency       recency_days                  at most 30
        """
            .strip(),
        shown(
                new CustomerScores(
                    List.of(),
                    List.of(),
                    List.of(screening(false)),
                    Optional.empty(),
                    Optional.empty()),
                Language.EN)
            .strip());
  }

  private static CustomerScreening screening(boolean isScreened) {
    return new CustomerScreening(
        "key_customer",
        isScreened ? new BilingualText("Candidate", "候选") : new BilingualText("No", "否"),
        isScreened,
        List.of(
            new Criterion(
                "satisfaction", "satisfaction_365d", number("3.5"), true, number("4"), met(false)),
            new Criterion(
                "size", "net_sales_amount_365d", number("500.00"), true, number("400"), met(true)),
            new Criterion(
                "recency",
                "recency_days",
                Optional.empty(),
                false,
                number("30"),
                Optional.empty())));
  }

  private static Optional<Boolean> met(boolean isMet) {
    return Optional.of(isMet);
  }

  /** Halfway between 2 and 3, of which 40 % and 20 % leave. */
  private static Churn churn(boolean hasLeft) {
    return new Churn(
        hasLeft ? BigDecimal.ONE : new BigDecimal("0.300000"),
        hasLeft,
        "satisfaction_365d",
        Optional.of(new BigDecimal("2.500000")),
        new TreeMap<>(
            Map.of(
                new BigDecimal("2"), new BigDecimal("0.4"),
                new BigDecimal("3"), new BigDecimal("0.2"))),
        true);
  }

  @Test
  void inChineseToo() {
    assertEquals(
        "worth_score：54.17 分（顶层自 65.63 分起，良好自 40 分起），距上一层级还差 11.46 分",
        shown(Language.ZH)
            .lines()
            .filter(line -> line.startsWith("worth_score"))
            .findFirst()
            .orElseThrow());
  }

  private static String shown(Language language) {
    return shown(SCORES, language);
  }

  private static String shown(CustomerScores scores, Language language) {
    return String.join(
        "\n",
        new ScoresSection(language)
            .lines(
                new CustomerExplanation(
                    new CustomerIds("x", "x", new TreeSet<>(), false),
                    LocalDate.of(2026, 3, 1),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.of(new ExplainedScores("c1", scores)),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty())));
  }

  private static Part part(String indicator, String... numbers) {
    return new Part(
        indicator,
        number(numbers[0]),
        number(numbers[1]),
        number(numbers[2]),
        number(numbers[3]),
        number(numbers[4]));
  }

  private static Optional<BigDecimal> number(String text) {
    return Optional.of(text).filter(it -> !it.isEmpty()).map(BigDecimal::new);
  }
}
