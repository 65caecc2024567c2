package io.karat.ranks;

import static org.apache.spark.sql.functions.sum;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import io.karat.testing.RealData;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the concentration of real businesses, against figures that were computed elsewhere. */
@ExtendWith(LocalSpark.class)
class RealConcentrationTest {
  private static final RankedColumn SALES = RankedColumn.of("sales");

  @Test
  void theBestFifthOfCdnowMakesTwoThirdsOfItsSales(SparkSession spark) {
    Concentration sales =
        concentration(
            spark
                .read()
                .parquet(RealData.folder("cdnow").resolve("transactions.parquet").toString())
                .groupBy("master_id")
                .agg(sum("amount").as("sales")));

    assertEquals(2_357, sales.customers());
    assertEquals(Optional.of(new BigDecimal("0.674550")), rounded(sales.top(20).share(), 6));
    assertEquals(Optional.of(new BigDecimal("0.63091712")), rounded(sales.gini(), 8));
  }

  /** Net sales are negative for some customers, because of returns of earlier purchases. */
  @ParameterizedTest
  @CsvSource({
    "2011-07-01, 3002, 3728501.251,  601, 2649786.971, 0.710684, 0.677922",
    "2011-12-10, 4372, 8300065.814,  875, 6129355.841, 0.738471, 0.709284"
  })
  void theBestFifthOfOnlineRetailMakesThreeQuartersOfItsNetSales(
      String day,
      long customers,
      BigDecimal total,
      long fifth,
      BigDecimal amount,
      BigDecimal share,
      BigDecimal gini,
      SparkSession spark) {
    Path answers = RealData.folder("online_retail").resolve("expected");
    Concentration sales =
        concentration(
            spark
                .read()
                .option("header", true)
                .csv(answers.resolve("customers_as_of_%s.csv".formatted(day)).toString())
                .selectExpr("CAST(net_amount AS DECIMAL(38,3)) AS sales"));

    assertEquals(customers, sales.customers());
    assertEquals(total, sales.total());
    assertEquals(fifth, sales.top(20).customers());
    assertEquals(amount, sales.top(20).amount());
    assertEquals(Optional.of(share), rounded(sales.top(20).share(), 6));
    assertEquals(Optional.of(gini), rounded(sales.gini(), 6));
  }

  private static Concentration concentration(Dataset<Row> customers) {
    return Distributions.of(customers, List.of(SALES))
        .answer(List.of(SALES.concentration()))
        .to(SALES.concentration());
  }

  private static Optional<BigDecimal> rounded(Optional<ExactRatio> ratio, int decimals) {
    return ratio.map(it -> it.rounded(decimals));
  }
}
