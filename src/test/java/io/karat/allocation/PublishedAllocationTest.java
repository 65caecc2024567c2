package io.karat.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.allocation.MarginalReturns.Activity;
import io.karat.settings.AllocationSettings.Answers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests of allocation on the published case of Syntex Laboratories, which asked Lodish's five
 * questions for eight drugs (L. M. Lodish and others, Sales force sizing and deployment using a
 * decision calculus model at Syntex Laboratories, Interfaces 18, 1988; D. G. Clarke, case
 * 9-584-033, 1983), with the names and figures of an exercise on it. A salesperson costs 0.057
 * million a year. The best forces are those of a published solution of the exercise by nonlinear
 * regression and a numerical optimizer, in steps of 8 people where each drug is alone.
 */
class PublishedAllocationTest {
  private static final double COST = 0.057;

  /** Each with the answers, margin, sales in millions, force, its best force alone and of 700. */
  private static final List<Drug> DRUGS =
      """
      Naprosyn      | 0.30 | 0.45 | 1.00 | 1.40 | 1.60 | 0.70 | 214.4 |  96.8 | 271 | 220
      Nipro         | 0.47 | 0.68 | 1.05 | 1.26 | 1.52 | 0.80 | 210.1 |  97.2 | 330 | 246
      Anaprox       | 0.15 | 0.48 | 1.04 | 1.20 | 1.35 | 0.55 |  36.5 | 142.4 | 172 | 117
      Norinyl       | 0.31 | 0.63 | 1.03 | 1.15 | 1.25 | 0.72 |  21.2 |  52.7 |  71 |  52
      Pironil       | 0.45 | 0.70 | 1.01 | 1.05 | 1.10 | 0.72 |  37.2 |  24.1 |  37 |  29
      Lidex         | 0.56 | 0.80 | 1.02 | 1.11 | 1.20 | 0.62 |  38.0 |  27.3 |  50 |  35
      Synalar       | 0.59 | 0.76 | 1.02 | 1.07 | 1.11 | 0.53 |  14.6 |  29.7 |  31 |   0
      Nasalide      | 0.15 | 0.61 | 1.07 | 1.46 | 1.76 | 0.52 |  11.2 |  56.8 |  71 |   0
      """
          .lines()
          .map(Drug::of)
          .toList();

  private record Drug(
      String name,
      ResponseCurve curve,
      List<BigDecimal> answers,
      double margin,
      double sales,
      double force,
      int alone,
      int together) {
    static Drug of(String line) {
      List<String> cells = List.of(line.strip().split(" *\\| *"));
      List<BigDecimal> answers = cells.subList(1, 6).stream().map(BigDecimal::new).toList();
      List<BigDecimal> relative =
          answers.stream().map(it -> it.divide(answers.get(2), MathContext.DECIMAL64)).toList();
      return new Drug(
          cells.get(0),
          ResponseCurve.of(
              new Answers(relative.get(0), relative.get(1), relative.get(3), relative.get(4))),
          answers,
          Double.parseDouble(cells.get(6)),
          Double.parseDouble(cells.get(7)),
          Double.parseDouble(cells.get(8)),
          Integer.parseInt(cells.get(9)),
          Integer.parseInt(cells.get(10)));
    }

    /** Sales as a multiple of those planned; the answers for the present force are not all 1. */
    double at(double multiple) {
      return answers.get(2).doubleValue() * curve.at(multiple);
    }

    double profit(int people) {
      return margin * sales * at(people / force) - COST * people;
    }
  }

  /**
   * Three answers are met, the others to 0.07 at half the force, and to 0.1 at half as much again.
   */
  @Test
  void curvesComeNearTheAnswers() {
    double[] multiples = {0, 0.5, 1, 1.5, 1e9};
    double[] errors = {1e-9, 0.07, 1e-9, 0.1, 1e-6};
    for (Drug drug : DRUGS) {
      for (int i = 0; i < multiples.length; i++) {
        assertEquals(
            drug.answers().get(i).doubleValue(), drug.at(multiples[i]), errors[i], drug.name());
      }
    }
  }

  @Test
  void theBestForceOfEachDrugIsThePublishedOneWithinEightPeople() {
    for (Drug drug : DRUGS) {
      List<Integer> best =
          MarginalReturns.distributed(2_000, List.of(new Activity(0, 2_000, drug::profit)));

      assertEquals(drug.alone(), best.get(0), 8, drug.name());
    }
  }

  /**
   * Two of eight drugs get nobody in either. The last of the 700 people are too few for the next
   * drug to pay as a whole, which costs 0.01 % of the profit.
   */
  @Test
  void sevenHundredPeopleAreSharedAsPublishedWithinElevenPeople() {
    List<Integer> people =
        MarginalReturns.distributed(
            700, DRUGS.stream().map(drug -> new Activity(0, 700, drug::profit)).toList());

    for (int i = 0; i < people.size(); i++) {
      assertEquals(DRUGS.get(i).together(), people.get(i), 11, DRUGS.get(i).name());
    }
    assertEquals(List.of(0, 0), people.subList(6, 8));
    assertEquals(
        profit(DRUGS.stream().map(Drug::together).toList()), profit(people), 0.0003 * 522.4);
  }

  private static double profit(List<Integer> people) {
    return IntStream.range(0, people.size())
        .mapToDouble(i -> DRUGS.get(i).profit(people.get(i)))
        .sum();
  }
}
