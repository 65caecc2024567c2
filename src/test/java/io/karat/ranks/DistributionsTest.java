package io.karat.ranks;

import static io.karat.settings.IndicatorSettings.Better.HIGHER;
import static io.karat.settings.IndicatorSettings.Better.LOWER;
import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests on ten customers with sales of 100, 50, 50, 20, 10, 10, 10, 0, 0 and -5, and one with
 * unknown sales.
 */
@ExtendWith(LocalSpark.class)
@TestInstance(Lifecycle.PER_CLASS)
class DistributionsTest {
  private static final String COLUMNS =
      "customer_id string, region int, sales decimal(38,2), profit decimal(10,2), ratio double,"
          + " last_sale date, nobody int, same int";
  private static final String CUSTOMERS =
      """
      ann | 1 | 100.00 |  5.00 | 0.1234564 | 2026-03-01 | | 7
      bob | 1 |  50.00 | 30.00 | 0.1234566 | 2026-03-01 | | 7
      cat | 1 |  50.00 | 10.00 |           | 2026-02-01 | | 7
      dan | 1 |  20.00 | -4.00 |           | 2026-01-31 | | 7
      eve | 1 |  10.00 | 40.00 |           |            | | 7
      fay | 2 |  10.00 |  5.00 |           |            | | 7
      gus | 2 |  10.00 |       |           |            | | 7
      hal | 2 |   0.00 |  8.00 |           |            | | 7
      ida | 2 |   0.00 |  2.00 |           |            | | 7
      jim | 2 |  -5.00 | -1.00 |           |            | | 7
      kim | 2 |        | 99.00 |           |            | |
      """;
  private static final RankedColumn SALES = RankedColumn.of("sales");
  private static final RankedColumn PROFIT_BY_SALES = SALES.adding("profit");
  private static final RankedColumn SALES_IN_REGION = SALES.within("region");
  private static final RankedColumn RATIO = RankedColumn.of("ratio");
  private static final RankedColumn LAST_SALE = RankedColumn.of("last_sale");
  private static final RankedColumn NOBODY = RankedColumn.of("nobody");
  private static final RankedColumn SAME = RankedColumn.of("same");

  private final Distributions distributions;

  DistributionsTest(SparkSession spark) {
    distributions =
        Distributions.of(
            frame(spark, COLUMNS, CUSTOMERS),
            List.of(SALES, PROFIT_BY_SALES, SALES_IN_REGION, RATIO, LAST_SALE, NOBODY, SAME));
  }

  /** The middle ranks are 0.5, 2, 4.5, 6.5, 8 and 9.5 of 10: bins 1, 2, 3, 4, 5 and 5. */
  @Test
  void aCutIsTheLeastValueOfItsBinAndAnEmptyBinHasThatOfTheNext() {
    assertAnswers(
        expected(decimals("0.00", "10.00", "20.00", "50.00"), SALES.binCuts(5)),
        expected(decimals("7", "7"), SAME.binCuts(5)),
        expected(decimals(), NOBODY.binCuts(5)));
  }

  @Test
  void groupsHaveCutsOfTheirOwn() {
    RankQuery<List<BigDecimal>> halves = SALES_IN_REGION.binCuts(2);

    assertEquals(
        Map.of(1, decimals("50.00"), 2, decimals("10.00")),
        distributions.answer(List.of(halves)).byGroup(halves));
  }

  /** Two customers are as near to the best one as to the best three, so the three are selected. */
  @Test
  void equalCustomersAreTakenTogetherOrNotAtAll() {
    assertAnswers(
        expected(decimal("50.00"), SALES.topShare(share("0.20"), HIGHER)),
        expected(decimal("100.00"), SALES.topShare(share("0.19"), HIGHER)),
        expected(Optional.empty(), SALES.topShare(share("0.04"), HIGHER)),
        expected(decimal("0.00"), SALES.topShare(share("0.20"), LOWER)),
        expected(decimal("-5.00"), SALES.topShare(share("0.19"), LOWER)),
        expected(decimal("7"), SAME.topShare(share("0.50"), HIGHER)),
        expected(Optional.empty(), SAME.topShare(share("0.49"), LOWER)),
        expected(Optional.empty(), NOBODY.topShare(share("1"), HIGHER)));
  }

  /** Of 250, the best have 100, and with the two after them 200. */
  @Test
  void sharesOfValueAreCountedFromTheBestDown() {
    assertAnswers(
        expected(decimal("50.00"), SALES.topValueShare(share("0.80"), HIGHER)),
        expected(decimal("50.00"), SALES.topValueShare(share("0.60"), HIGHER)),
        expected(decimal("100.00"), SALES.topValueShare(share("0.59"), HIGHER)),
        expected(Optional.empty(), NOBODY.topValueShare(share("1"), HIGHER)));
  }

  /** By sales from the best down, profits are 5, 40, nothing, 45 and 10, 100 together. */
  @Test
  void sharesOfValueMayBeThoseOfAnotherColumn() {
    assertAnswers(
        expected(decimal("50.00"), PROFIT_BY_SALES.topValueShare(share("0.45"), HIGHER)),
        expected(decimal("20.00"), PROFIT_BY_SALES.topValueShare(share("0.60"), HIGHER)),
        expected(decimal("10.00"), PROFIT_BY_SALES.topValueShare(share("0.70"), HIGHER)),
        expected(decimal("0.00"), PROFIT_BY_SALES.topValueShare(share("0.10"), LOWER)));
  }

  @Test
  void aPercentileCountsThoseBelowAndHalfOfThoseEqual() {
    assertAnswers(
        expected(
            points("-5.00 5", "0.00 20", "10.00 45", "20.00 65", "50.00 80", "100.00 95"),
            SALES.rankPoints(6)),
        expected(points("7 50"), SAME.rankPoints(2)),
        expected(points(), NOBODY.rankPoints(2)));
  }

  /** The first, the fifth and the tenth customer are kept. */
  @Test
  void tooManyPointsAreThinnedOutEvenlyByRank() {
    assertAnswers(expected(points("-5.00 5", "10.00 45", "100.00 95"), SALES.rankPoints(3)));
  }

  @Test
  void aQuantileIsTheLeastValueThatAShareOfCustomersDoesNotExceed() {
    assertAnswers(
        expected(decimal("0.00"), SALES.quantile(share("0.30"))),
        expected(decimal("10.00"), SALES.quantile(share("0.31"))),
        expected(decimal("-5.00"), SALES.quantile(share("0"))),
        expected(decimal("100.00"), SALES.quantile(share("1"))),
        expected(Optional.empty(), NOBODY.quantile(share("0.5"))));
  }

  @Test
  void fractionsHaveSixDecimalsAndDaysAreNumbers() {
    assertAnswers(
        expected(points("0.123456 25", "0.123457 75"), RATIO.rankPoints(10)),
        expected(decimals("20513"), LAST_SALE.binCuts(2)));
  }

  /**
   * Gini: (-9 x -5 - (3 + 1 - 1) x 10 + 3 x 20 + (5 + 7) x 50 + 9 x 100) / (10 x 245). The best two
   * have 150 of 245; 80 % are 196, which the best three reach.
   */
  @Test
  void concentrationSaysWhatTheBestHave() {
    Concentration sales =
        distributions.answer(List.of(SALES.concentration())).to(SALES.concentration());

    assertEquals(10, sales.customers());
    assertEquals(new BigDecimal("245.00"), sales.total());
    assertEquals(decimal("0.642857"), sales.gini().map(ratio -> ratio.rounded(6)));
    assertEquals(Optional.of(3L), sales.mostCustomers());
    assertEquals(2, sales.top(11).customers());
    assertEquals(new BigDecimal("150.00"), sales.top(20).amount());
    assertEquals(decimal("0.612245"), sales.top(20).share().map(ratio -> ratio.rounded(6)));
    assertEquals(new BigDecimal("250.00"), sales.top(90).amount());
    assertEquals(decimal("1.0000"), sales.top(100).share().map(ratio -> ratio.rounded(4)));
  }

  @Test
  void equalCustomersAreNotConcentratedAndNobodyIsUnknown() {
    RankResults answers =
        distributions.answer(List.of(SAME.concentration(), NOBODY.concentration()));
    Concentration same = answers.to(SAME.concentration());
    Concentration nobody = answers.to(NOBODY.concentration());

    assertEquals(decimal("0.00"), same.gini().map(ratio -> ratio.rounded(2)));
    assertEquals(Optional.of(8L), same.mostCustomers());
    assertEquals(0, nobody.customers());
    assertEquals(Optional.empty(), nobody.gini());
    assertEquals(Optional.empty(), nobody.mostCustomers());
    assertEquals(Optional.empty(), nobody.top(100).share());
  }

  @Test
  void allPercentilesAreAFrame(SparkSession spark) {
    assertFrame(
        frame(
            spark,
            "region int, sales decimal(38,2), percentile decimal(9,6)",
            """
            1 | 10.00  | 10.000000
            1 | 20.00  | 30.000000
            1 | 50.00  | 60.000000
            1 | 100.00 | 90.000000
            2 | -5.00  | 10.000000
            2 | 0.00   | 40.000000
            2 | 10.00  | 80.000000
            """),
        distributions.percentiles(SALES_IN_REGION));
    assertFrame(
        frame(
            spark,
            "last_sale date, percentile decimal(9,6)",
            """
            2026-01-31 | 12.500000
            2026-02-01 | 37.500000
            2026-03-01 | 75.000000
            """),
        distributions.percentiles(LAST_SALE));
  }

  @Test
  void whatCannotBeAskedIsSaid(SparkSession spark) {
    assertWrong(
        "Column 'customer_id' cannot be ranked: it is string, expected a number or a date",
        () ->
            Distributions.of(
                frame(spark, COLUMNS, CUSTOMERS), List.of(RankedColumn.of("customer_id"))));
    assertWrong(
        "Column 'profit' was not put in order: expected one of"
            + " [last_sale, nobody, ratio, sales, same]",
        () -> distributions.answer(List.of(RankedColumn.of("profit").binCuts(5))));
    assertWrong(
        "Column 'sales' is ranked within 'region': ask by group",
        () -> distributions.answer(List.of()).to(SALES_IN_REGION.binCuts(5)));
    assertWrong("Invalid number of bins 0: expected at least 1", () -> SALES.binCuts(0));
    assertWrong("Invalid number of values 1: expected at least 2", () -> SALES.rankPoints(1));
    assertWrong("Invalid share 1.01: expected 0 to 1", () -> SALES.quantile(share("1.01")));
    assertWrong("Invalid share -1: expected 0 to 1", () -> SALES.topShare(share("-1"), HIGHER));
  }

  private static void assertWrong(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }

  private void assertAnswers(Expectation<?>... expectations) {
    RankResults answers =
        distributions.answer(
            Stream.of(expectations).<RankQuery<?>>map(Expectation::question).toList());
    Stream.of(expectations).forEach(expectation -> expectation.check(answers));
  }

  private static <A> Expectation<A> expected(A answer, RankQuery<A> question) {
    return new Expectation<>(answer, question);
  }

  private static BigDecimal share(String text) {
    return new BigDecimal(text);
  }

  private static Optional<BigDecimal> decimal(String text) {
    return Optional.of(new BigDecimal(text));
  }

  private static List<BigDecimal> decimals(String... texts) {
    return Stream.of(texts).map(BigDecimal::new).toList();
  }

  /** Rank points, each from the text of a value and its percentile. */
  private static List<RankPoint> points(String... texts) {
    return Stream.of(texts)
        .map(text -> text.split(" "))
        .map(parts -> new RankPoint(new BigDecimal(parts[0]), new BigDecimal(parts[1]).setScale(6)))
        .toList();
  }

  private record Expectation<A>(A answer, RankQuery<A> question) {
    void check(RankResults answers) {
      assertEquals(answer, answers.to(question));
    }
  }
}
