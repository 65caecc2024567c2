package io.karat.ranks;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;

import io.karat.ranks.SortedCustomers.Customer;
import io.karat.testing.LocalSpark;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that the partitioning of rows changes nothing, on columns of every type with ties, extremes
 * and gaps.
 */
@ExtendWith(LocalSpark.class)
class AnyLayoutTest {
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";
  private static final String COALESCE = "spark.sql.adaptive.coalescePartitions.enabled";
  private static final String CUSTOMERS =
      """
      SELECT id,
        INT(pmod(hash(id), 4)) - 1 AS region,
        IF(id % 7 = 0, NULL, CAST(pmod(hash(id, 1), 9) - 3 AS DECIMAL(12,2))) AS tied,
        CAST(pmod(hash(id, 2), 90000) - 20000 AS DECIMAL(38,2)) AS amount,
        CASE id % 3 WHEN 0 THEN CAST(pmod(hash(id, 3), 40) - 20 AS DECIMAL(38,2))
          ELSE CAST(pmod(hash(id, 3), 40) - 20 AS DECIMAL(38,2))
            * CAST('1234567890123456789012345678901.23' AS DECIMAL(38,2)) END AS large,
        CAST(pmod(hash(id, 4), 40) - 20 AS DECIMAL(38,20))
          / CAST(7 AS DECIMAL(38,0)) AS fine,
        IF(id % 11 = 0, DOUBLE('NaN'), (pmod(hash(id, 5), 1000) - 300) / 7D) AS fraction,
        CASE id % 50 WHEN 0 THEN 9223372036854775807 WHEN 1 THEN -9223372036854775808
          ELSE pmod(hash(id, 6), 30) END AS number,
        DATE_ADD(DATE'1970-01-10', INT(pmod(hash(id, 7), 60)) - 30) AS day
      FROM RANGE(200)
      """;
  private static final List<RankedColumn> COLUMNS =
      List.of(
          RankedColumn.of("tied"),
          RankedColumn.of("tied").within("region").adding("large"),
          RankedColumn.of("amount").within("region").adding("tied"),
          RankedColumn.of("large").adding("amount"),
          RankedColumn.of("fine"),
          RankedColumn.of("fraction"),
          RankedColumn.of("number").within("region"),
          RankedColumn.of("day").adding("number"));

  @Test
  void everyAnswerIsWhatSortingAllCustomersGives(SparkSession spark) {
    Dataset<Row> customers = spark.sql(CUSTOMERS);
    List<Row> rows = customers.collectAsList();
    List<EveryRankQuery> every = COLUMNS.stream().map(EveryRankQuery::about).toList();
    List<RankQuery<?>> questions = every.stream().flatMap(it -> it.questions().stream()).toList();
    String expected =
        every.stream().map(it -> it.plain(sorted(rows, it.column()))).collect(joining("\n"));
    String partitions = spark.conf().get(PARTITIONS);
    String coalesce = spark.conf().get(COALESCE);
    try {
      spark.conf().set(COALESCE, false);
      for (int layout : List.of(1, 7, 50)) {
        spark.conf().set(PARTITIONS, Math.min(layout, 12));
        Dataset<Row> laidOut =
            customers.repartition(layout, col("amount")).sortWithinPartitions("day");
        RankResults answers = Distributions.of(laidOut, COLUMNS).answer(questions);

        assertLinesMatch(
            expected.lines(),
            every.stream().flatMap(it -> it.found(sorted(rows, it.column()), answers).lines()));
      }
    } finally {
      spark.conf().set(PARTITIONS, partitions);
      spark.conf().set(COALESCE, coalesce);
    }
  }

  private static Map<Integer, SortedCustomers> sorted(List<Row> rows, RankedColumn column) {
    return SortedCustomers.byGroup(
        rows.stream().flatMap(row -> customer(row, column).stream()).toList());
  }

  private static Optional<Customer> customer(Row row, RankedColumn column) {
    int group = column.group().map(name -> row.<Integer>getAs(name)).orElse(0);
    BigDecimal added = column.added().flatMap(name -> decimal(row, name)).orElse(BigDecimal.ZERO);
    return decimal(row, column.value()).map(value -> new Customer(group, value, added));
  }

  private static Optional<BigDecimal> decimal(Row row, String column) {
    return Optional.ofNullable(row.<Object>getAs(column)).flatMap(AnyLayoutTest::decimal);
  }

  private static Optional<BigDecimal> decimal(Object value) {
    if (value instanceof Double fraction) {
      return fraction.isNaN()
          ? Optional.empty()
          : Optional.of(BigDecimal.valueOf(fraction).setScale(6, RoundingMode.HALF_UP));
    }
    return Optional.of(
        value instanceof Date day
            ? BigDecimal.valueOf(day.toLocalDate().toEpochDay())
            : new BigDecimal(value.toString()));
  }
}
