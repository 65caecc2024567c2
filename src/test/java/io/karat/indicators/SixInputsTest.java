package io.karat.indicators;

import static io.karat.testing.TextTable.assertFrame;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of changes to all inputs together that must not change any indicator. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class SixInputsTest {
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String COMPILED = "spark.sql.codegen.wholeStage";
  private static final String AS_OF = "2026-04-30";
  private static final String ROWS =
      """
      SELECT CONCAT(IF(id % 11 = 0, 'a', 'c'), pmod(hash(id), 23)) AS customer_id,
        DATE_ADD(DATE'2025-03-01', pmod(hash(id, 1), 425)) AS day,
        CAST(pmod(hash(id, 3), 9000) / 2 AS DECIMAL(12,2)) AS amount, id
      FROM RANGE(400)
      """;
  private static final Map<InputTable, String> TABLES =
      new TreeMap<>(
          Map.of(
              InputTable.TRANSACTIONS,
              "customer_id, day AS transaction_time, IF(id % 6 = 0, 'RETURN', 'SALE') AS type,"
                  + " amount, amount AS cost,"
                  + " DATE_ADD(day, INT(id % 40) - 5) AS due_date, id % 380 AS transaction_id,"
                  + " id % 30 AS product_id, id % 3 AS channel",
              InputTable.PAYMENTS,
              "customer_id, day AS payment_time, IF(id % 7 = 0, 'REFUND', 'PAYMENT') AS type,"
                  + " amount, id % 390 AS payment_id",
              InputTable.CONTACTS,
              "customer_id, day AS contact_time, id % 390 AS contact_id,"
                  + " IF(id % 4 = 0, 'TASK', 'COMPLAINT') AS type,"
                  + " INT(id % 7) AS satisfaction, amount AS cost",
              InputTable.CUSTOMERS,
              "customer_id, DATE_ADD(day, 7) AS created_date, amount AS opening_balance,"
                  + " IF(id % 4 = 0, 'PERSON', 'ENTERPRISE') AS kind",
              InputTable.OPPORTUNITIES,
              "customer_id, day AS created_date, amount, 0.25 AS probability,"
                  + " id % 390 AS opportunity_id, DATE_ADD(day, 200) AS closed_date",
              InputTable.ALIASES,
              "CONCAT('a', id % 23) AS alias_id, CONCAT('c', id % 23) AS customer_id"));

  /** The grain of lines, so that a purchase may have several rows. */
  private static final String LINES = "inputs.transactions.grain=line";

  private static Sources sources;
  private static Dataset<Row> indicators;

  /** Few rows in many plans: compiling a plan would take longer than interpreting it. */
  @BeforeAll
  static void compute(SparkSession spark) {
    spark.conf().set(COMPILED, false);
    Sources all = new Sources(Map.of());
    for (Map.Entry<InputTable, String> table : TABLES.entrySet()) {
      all =
          all.with(
              table.getKey(),
              spark.sql("SELECT %s FROM (%s)".formatted(table.getValue(), ROWS)).localCheckpoint());
    }
    sources = all;
    Dataset<Row> computed = all.indicators(AS_OF, LINES);
    indicators = spark.createDataFrame(computed.collectAsList(), computed.schema());
    assertEquals(23, indicators.count());
  }

  @AfterAll
  static void compileAgain(SparkSession spark) {
    spark.conf().unset(COMPILED);
  }

  @Test
  void neitherOrderNorPartitionsMatter(SparkSession spark) {
    String before = spark.conf().get(PARTITIONS);
    try {
      for (int partitions : List.of(1, 7, 200)) {
        spark.conf().set(PARTITIONS, partitions);
        assertFrame(indicators, shuffled(Math.min(partitions, 7)).indicators(AS_OF, LINES));
      }
    } finally {
      spark.conf().set(PARTITIONS, before);
    }
  }

  @Test
  void aPurchaseInTwoHalvesIsTheSamePurchase() {
    Dataset<Row> purchases = sources.of(InputTable.TRANSACTIONS);
    Dataset<Row> halves =
        purchases
            .withColumn("amount", col("amount").divide(2).cast("decimal(12,2)"))
            .withColumn("cost", col("cost").divide(2).cast("decimal(12,2)"));

    assertFrame(
        indicators,
        sources.with(InputTable.TRANSACTIONS, halves.union(halves)).indicators(AS_OF, LINES));
  }

  /** Averages have six decimals, the last of which is rounded, so they are left out. */
  @Test
  void tenTimesTheMoneyIsTenTimesTheAmountsAndTheSameDaysAndShares() {
    Dataset<Row> expected =
        indicators.select(
            Arrays.stream(indicators.schema().fields())
                .filter(field -> !isAverageMoney(field.name()))
                .map(
                    field ->
                        isMoney(field)
                            ? tenfold(field).cast(field.dataType()).as(field.name())
                            : col(field.name()))
                .toArray(Column[]::new));

    assertFrame(
        expected,
        withTenfoldMoney()
            .indicators(AS_OF, LINES)
            .select(Arrays.stream(expected.columns()).map(functions::col).toArray(Column[]::new)));
  }

  private static boolean isAverageMoney(String name) {
    return List.of(
            "average_transaction_amount_365d",
            "average_receipt_amount_365d",
            "average_arrears_amount_365d")
        .contains(name);
  }

  private static Sources shuffled(int partitions) {
    Map<InputTable, Dataset<Row>> shuffled = new TreeMap<>();
    sources
        .tables()
        .forEach(
            (table, rows) ->
                shuffled.put(
                    table,
                    rows.repartition(partitions, col(rows.columns()[rows.columns().length - 1]))
                        .sortWithinPartitions("customer_id")));
    return new Sources(shuffled);
  }

  private static Sources withTenfoldMoney() {
    Map<InputTable, Dataset<Row>> tenfold = new TreeMap<>();
    sources
        .tables()
        .forEach(
            (table, rows) ->
                tenfold.put(
                    table,
                    rows.select(
                        Arrays.stream(rows.schema().fields())
                            .map(
                                field ->
                                    isMoney(field)
                                        ? tenfold(field).as(field.name())
                                        : col(field.name()))
                            .toArray(Column[]::new))));
    return new Sources(tenfold);
  }

  /** Money has two decimals; any other number has none or six. */
  private static boolean isMoney(StructField field) {
    return field.dataType() instanceof DecimalType decimal
        && (decimal.scale() == 2 || field.name().equals("expected_sales_amount"))
        && !field.name().equals("probability");
  }

  private static Column tenfold(StructField field) {
    return col(field.name())
        .multiply(10)
        .cast(DataTypes.createDecimalType(30, ((DecimalType) field.dataType()).scale()));
  }
}
