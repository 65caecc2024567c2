package io.karat.movement;

import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.movement.ChurnLevels.Verdict;
import io.karat.movement.ObservedChurn.Count;
import io.karat.settings.ChurnSettings;
import io.karat.settings.Models;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Churn by satisfaction, of customers that can be counted by hand. */
@ExtendWith(LocalSpark.class)
class ObservedChurnTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 31);

  private final SparkSession spark;

  ObservedChurnTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Of ann, ben and cas, who had not left, ben has; dan had left before, eve's satisfaction was not
   * known, and fay is new. Tonight ann and fay are of level 1 and have not left.
   */
  @Test
  void whoHadNotLeftIsFollowedToTonight() {
    ComparedNight earlier =
        new ComparedNight(
            90,
            NIGHT.minusDays(90),
            NIGHT,
            "run",
            KeptAliases.NONE,
            frame(
                spark,
                "customer_id string, has_left boolean, satisfaction_level decimal(38,6)",
                """
                ann | false | 1
                ben | false | 1
                cas | false | 5
                dan | true  | 1
                eve | false |
                """));
    Dataset<Row> tonight =
        frame(
            spark,
            "customer_id string, has_left boolean, satisfaction_level decimal(38,6),"
                + " net_sales_amount_365d decimal(38,2)",
            """
            ann | false | 1 | 10.00
            ben | true  | 1 | 20.00
            cas | false | 5 | 40.00
            dan | true  | 1 | 80.00
            eve | true  |   | 5.00
            fay | false | 1 | 7.00
            """);

    PairOfNights pair = ObservedChurn.pair(tonight, earlier).orElseThrow();
    ObservedChurn observed =
        ObservedChurn.of(List.of(PairOfNights.parse(pair.json()).orElseThrow()));

    assertEquals(
        Map.of(new BigDecimal("1"), new Count(2, 1), new BigDecimal("5"), new Count(1, 0)),
        observed.levels());
    List<Row> rows = new ChurnLevels(churn(), churn(), observed).rows(tonight);
    assertEquals(5, rows.size());
    assertEquals(
        "[1.000000,0.800000,0.800000,90,1,2,1,0.500000,0.094531,0.905469,UNDECIDED,Too few"
            + " observed,观察数量不足,2,17.000000]",
        rows.get(0).toString());
    assertEquals(
        "[2.000000,0.400000,0.400000,90,1,0,0,null,null,null,UNDECIDED,Too few"
            + " observed,观察数量不足,0,null]",
        rows.get(1).toString());
  }

  @Test
  void aNightThatDoesNotKnowWhoHadLeftIsNotCounted() {
    ComparedNight old =
        new ComparedNight(
            90,
            NIGHT.minusDays(90),
            NIGHT,
            "run",
            KeptAliases.NONE,
            frame(spark, "customer_id string", "ann"));

    assertEquals(Optional.empty(), ObservedChurn.pair(old.customers(), old));
  }

  /** The pairs end on days 90, 80 and 0: that of day 80 shares days with the first. */
  @Test
  void pairsWithACommonDayAreCountedOnce() {
    ObservedChurn observed =
        ObservedChurn.of(
            List.of(pair(0, "1", 40, 10), pair(80, "1", 100, 100), pair(90, "1", 60, 20)));

    assertEquals(2, observed.pairs());
    assertEquals(Map.of(BigDecimal.ONE, new Count(100, 30)), observed.levels());
  }

  /** Wilson's interval of 50 in 100 is 0.404 to 0.596. */
  @ParameterizedTest
  @CsvSource({
    "0.40, 100, 50, TOO_LOW",
    "0.41, 100, 50, CONFIRMED",
    "0.59, 100, 50, CONFIRMED",
    "0.60, 100, 50, TOO_HIGH",
    "0.80,  29,  0, UNDECIDED",
    "0.80,  30,  0, TOO_HIGH",
  })
  void aStatedRateIsJudgedByTheInterval(
      BigDecimal stated, long customers, long left, Verdict verdict) {
    assertEquals(verdict, ChurnLevels.verdict(stated, Optional.of(new Count(customers, left))));
  }

  /**
   * Levels 2 and 3 with 30 and 50 of 100 are the wrong way round: together 80 of 200. A level of
   * ten customers keeps its stated rate, between those of its neighbours.
   */
  @ParameterizedTest
  @CsvSource({
    "100/90 100/30 100/10, 1=0.9 2=0.3 3=0.1",
    "10/1   100/30 100/50, 1=0.8 2=0.4 3=0.4",
    "100/90 100/30 10/0,   1=0.9 2=0.3 3=0.2",
    "100/20 10/0   100/30, 1=0.25 2=0.25 3=0.25",
    "10/1   10/1   10/1,   1=0.8 2=0.4 3=0.2",
  })
  void ratesAreLearnedOfLevelsWithEnoughCustomers(String counts, String learned) {
    SortedMap<BigDecimal, Count> levels = new TreeMap<>();
    SortedMap<BigDecimal, BigDecimal> stated = new TreeMap<>();
    List<String> ofLevels = Arrays.stream(counts.split(" +")).toList();
    for (int i = 0; i < ofLevels.size(); i++) {
      List<Long> pair = Arrays.stream(ofLevels.get(i).split("/")).map(Long::valueOf).toList();
      BigDecimal level = BigDecimal.valueOf(i + 1L);
      levels.put(level, new Count(pair.get(0), pair.get(1)));
      stated.put(level, new BigDecimal(List.of("0.8", "0.4", "0.2").get(i)));
    }

    List<String> rates = new ArrayList<>();
    new ObservedChurn(levels, 1)
        .learned(stated)
        .forEach((level, rate) -> rates.add(level + "=" + rate.stripTrailingZeros()));
    assertEquals(Arrays.asList(learned.split(" ")), rates);
  }

  private static PairOfNights pair(int day, String level, long customers, long left) {
    LocalDate to = NIGHT.minusDays(90).plusDays(day);
    return new PairOfNights(
        to.minusDays(90),
        to,
        "run",
        90,
        List.of(
            new StateMove("satisfaction_level", level, "left", left, BigDecimal.ZERO),
            new StateMove(
                "satisfaction_level", level, "stayed", customers - left, BigDecimal.ZERO)));
  }

  private static ChurnSettings churn() {
    return Models.builtIn().churn().orElseThrow();
  }
}
