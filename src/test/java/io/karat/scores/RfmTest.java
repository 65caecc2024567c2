package io.karat.scores;

import static io.karat.testing.TextTable.assertFrame;
import static io.karat.testing.TextTable.frame;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.Rfm;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bins by hand: ties share a bin, a bin may be empty, less recent is worse. */
@ExtendWith(LocalSpark.class)
class RfmTest {
  private static final String COLUMNS =
      """
      recency_days int, transaction_day_count_365d bigint, net_sales_amount_365d decimal(38,2)
      """;

  private final SparkSession spark;

  RfmTest(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Of four buyers in two bins, those whose middle rank is 2 or more are in the second. Recency 3,
   * 3, 9, 20: the middle ranks are 1, 1, 2.5 and 3.5, in reverse as lower is better. Frequency 1,
   * 1, 1, 2: 1.5 and 3.5. Eve never bought, and is in no bin.
   */
  @Test
  void equalCustomersShareABin() {
    assertFrame(
        frame(
            spark,
            """
            customer_id string, recency_bin int, frequency_bin int, monetary_bin int,
            rfm_score decimal(18,2), rfm_segment string
            """,
            """
            ann | 2 | 1 | 2 | 212.00 | GOOD
            ben | 2 | 2 | 2 | 222.00 | GOOD
            cas | 1 | 1 | 1 | 111.00 | POOR
            dan | 1 | 1 | 1 | 111.00 | POOR
            eve |   |   |   |        |
            """),
        customers(independent())
            .value(
                "customer_id",
                "recency_bin",
                "frequency_bin",
                "monetary_bin",
                "rfm_score",
                "rfm_segment"));
  }

  /** Monetary bins over all customers, then per group with the same recency and frequency bins. */
  @Test
  void nestedBinsAreOfThoseInTheSameBins() {
    String rows =
        """
        a |  1 | 1 |  10.00
        b |  1 | 1 |  20.00
        c | 99 | 1 | 100.00
        d | 99 | 1 | 200.00
        """;
    String columns = "customer_id string, monetary_bin int";
    assertFrame(
        frame(spark, columns, "a | 1\nb | 1\nc | 2\nd | 2"),
        ScoredCustomers.of(spark, independent(), COLUMNS, rows)
            .value("customer_id", "monetary_bin"));
    assertFrame(
        frame(spark, columns, "a | 1\nb | 2\nc | 1\nd | 2"),
        ScoredCustomers.of(
                spark, independent().replace("rfm:\n", "rfm:\n  nested: true\n"), COLUMNS, rows)
            .value("customer_id", "monetary_bin"));
  }

  /** A value equal to a cut is in the bin above it, configured cuts included. */
  @Test
  void givenCutsAreTheLeastValuesOfTheirBins() {
    String given =
        independent()
            .replace("recency_days, bins: 2", "recency_days, cuts: [9, 12.5]")
            .replace("365d, bins: 2}\n  names", "365d, cuts: [5]}\n  names");
    assertFrame(
        frame(
            spark,
            "customer_id string, recency_bin int, monetary_bin int",
            """
            ann | 3 | 2
            ben | 3 | 2
            cas | 2 | 2
            dan | 1 | 1
            eve |   |
            """),
        customers(given).value("customer_id", "recency_bin", "monetary_bin"));
  }

  /** All cells add up to all buyers, in the cube and in both grids. */
  @Test
  void cellsCoverEverybody() {
    ScoredCustomers customers = customers(independent());
    Dataset<Row> cells = customers.levels(LevelContracts.RFM_CELLS);

    assertFrame(
        frame(
            spark,
            "grid string, cells bigint, customers bigint, sales decimal(38,6)",
            """
            RFM | 8 | 4 | 35.00
            FM  | 4 | 4 | 35.00
            FR  | 4 | 4 | 35.00
            SEGMENT | 3 | 4 | 35.00
            """),
        cells
            .groupBy("grid")
            .agg(
                functions.count("*").as("cells"),
                functions.sum("customer_count").as("customers"),
                functions.sum("net_sales_amount_365d").cast("decimal(38,6)").as("sales")));
    assertFrame(
        frame(
            spark,
            """
            recency_from decimal(38,6), recency_to decimal(38,6), frequency_from decimal(38,6),
            frequency_to decimal(38,6), customer_count bigint, customer_share decimal(9,6),
            net_sales_share decimal(18,6), rfm_segment_name_zh string
            """,
            "9 |  |  | 2 | 2 | 0.5 | 0.142857 | 差"),
        cells
            .filter("grid = 'RFM' AND recency_bin = 1 AND frequency_bin = 1 AND monetary_bin = 1")
            .select(
                "recency_from",
                "recency_to",
                "frequency_from",
                "frequency_to",
                "customer_count",
                "customer_share",
                "net_sales_share",
                "rfm_segment_name_zh"));
  }

  /**
   * Recency bins begin at 14 and 30 days, the frequency bin at 10. Everybody buys every 30 days, so
   * nobody is late before day 45: ann keeps her segment and ben does not. Cas has bought again,
   * which counts at once. Dan's 10 purchases are within 10 % of the cut, eve's 11 are not. Fay is
   * new, and guy bought once: the population's 30 days are his.
   */
  @Test
  void theSegmentOfTheNightBeforeIsKeptUntilACustomerIsLateOrPastACut() {
    ScoredCustomers customers =
        ScoredCustomers.of(
            spark,
            """
            rfm:
              recency: {indicator: recency_days, cuts: [14, 30]}
              frequency: {indicator: transaction_day_count_365d, cuts: [10]}
              monetary: {indicator: net_sales_amount_365d, cuts: [100]}
              names:
                - {name: BEST, recency: 3, frequency: 2}
                - {name: WAITING, recency: 2, frequency: 2}
                - {name: GONE, recency: 1}
                - {name: OTHER}
            labels:
              lifecycle: false
              loyalty: false
              profit_service: false
              buyer_type: false
              relationship_level: false
              care: [{when: "recency_days > usual_interval_days", then: CALL}, {then: WAIT}]
            """,
            COLUMNS.strip() + ", average_transaction_interval_days_lifetime decimal(38,6)",
            """
            ann | 20 | 12 | 50.00 | 30
            ben | 50 | 12 | 50.00 | 30
            cas |  0 | 12 | 50.00 | 30
            dan |  0 | 10 | 50.00 | 30
            eve |  0 | 11 | 50.00 | 30
            fay | 20 | 12 | 50.00 | 30
            guy | 44 |  1 | 50.00 |
            """);
    Dataset<Row> before =
        frame(
            spark,
            "customer_id string, rfm_segment string",
            """
            ann | BEST
            ben | BEST
            cas | WAITING
            dan | OTHER
            eve | OTHER
            guy | OTHER
            """);

    ScoreTables tables = customers.tables(before);

    assertFrame(
        frame(
            spark,
            "customer_id string, recency_bin int, frequency_bin int, rfm_segment string,"
                + " is_rfm_segment_changed boolean",
            """
            ann | 2 | 2 | BEST    | false
            ben | 1 | 2 | GONE    | true
            cas | 3 | 2 | BEST    | true
            dan | 3 | 2 | OTHER   | false
            eve | 3 | 2 | BEST    | true
            fay | 2 | 2 | WAITING | false
            guy | 1 | 1 | OTHER   | false
            """),
        tables
            .customerValue(List.of())
            .select(
                "customer_id",
                "recency_bin",
                "frequency_bin",
                "rfm_segment",
                "is_rfm_segment_changed"));
    assertFrame(
        frame(
            spark,
            "rfm_segment string, customer_count bigint",
            "BEST | 3\nWAITING | 1\nGONE | 1\nOTHER | 2"),
        ScoredCustomers.levels(LevelContracts.RFM_CELLS, tables)
            .filter("grid = 'SEGMENT'")
            .select("rfm_segment", "customer_count"));
  }

  /** The segments of the boxes of bins are those of the list of names, for every cell. */
  @Test
  void everyCellIsInOneBoxOfItsName() {
    Rfm rfm = ScoredCustomers.plan("rfm: {}").models().rfm().orElseThrow();
    RfmBoxes boxes = RfmBoxes.of(rfm);
    for (int r = 1; r <= 5; r++) {
      for (int f = 1; f <= 5; f++) {
        for (int m = 1; m <= 5; m++) {
          List<Integer> cell = List.of(r, f, m);
          List<String> found =
              boxes.boxes().entrySet().stream()
                  .flatMap(
                      named ->
                          named.getValue().stream()
                              .filter(box -> isIn(cell, box))
                              .map(box -> named.getKey()))
                  .toList();
          String name =
              rfm.names().stream()
                  .filter(it -> it.covers(cell.get(0), cell.get(1), cell.get(2)))
                  .findFirst()
                  .orElseThrow()
                  .name();
          assertEquals(List.of(name), found, cell::toString);
        }
      }
    }
  }

  private static boolean isIn(List<Integer> cell, RfmBoxes.Box box) {
    return IntStream.range(0, 3)
        .allMatch(
            axis -> cell.get(axis) >= box.from().get(axis) && cell.get(axis) <= box.to().get(axis));
  }

  /** The points of the three axes are the score. */
  @Test
  void pointsAddUpToTheScore() {
    Dataset<Row> points =
        customers(independent())
            .contributions()
            .filter("customer_id = 'ben'")
            .select("indicator", "normalised_value", "weight", "points");
    assertFrame(
        frame(
            spark,
            """
            indicator string, normalised_value decimal(18,6), weight decimal(18,6),
            points decimal(18,2)
            """,
            """
            recency_days               | 2 | 100 | 200
            transaction_day_count_365d | 2 |  10 |  20
            net_sales_amount_365d      | 2 |   1 |   2
            """),
        points);
    assertEquals(
        new BigDecimal("222.00"),
        points.agg(functions.sum("points").cast("decimal(18,2)")).first().getDecimal(0));
  }

  private ScoredCustomers customers(String yaml) {
    return ScoredCustomers.of(
        spark,
        yaml,
        COLUMNS,
        """
        ann |  3 | 1 | 10.00
        ben |  3 | 2 | 20.00
        cas |  9 | 1 |  5.00
        dan | 20 | 1 |  0.00
        eve |    | 8 | -3.00
        """);
  }

  private static String independent() {
    return """
    rfm:
      recency: {indicator: recency_days, bins: 2}
      frequency: {indicator: transaction_day_count_365d, bins: 2}
      monetary: {indicator: net_sales_amount_365d, bins: 2}
      names:
        - {name: GOOD, monetary: 2}
        - {name: POOR, frequency: 1}
        - {name: OTHER}
    names: {POOR: {en: Poor, zh: 差}}
    """;
  }
}
