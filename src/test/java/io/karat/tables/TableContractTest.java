package io.karat.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.Run;
import io.karat.settings.BilingualText;
import io.karat.settings.Language;
import io.karat.testing.LocalSpark;
import io.karat.testing.TextTable;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalSpark.class)
class TableContractTest {
  private static final TableContract SALES =
      new TableContract(
          "sales",
          new BilingualText("One row per customer.", "每客户一行。"),
          List.of(
              new ColumnContract(
                  "customer_id", DataTypes.StringType, new BilingualText("Who buys.", "购买者。")),
              new ColumnContract(
                  "days", DataTypes.IntegerType, new BilingualText("When.", "时间。"))));

  /** The numbers around the largest of three digits, and what is no number. */
  @Test
  void decimalsOfCustomersAreRoundedAndKeepWhatIsUnknown(SparkSession spark) {
    DecimalType type = DataTypes.createDecimalType(3, 2);
    Dataset<Row> numbers =
        spark.sql(
            """
            SELECT CAST(exact AS DECIMAL(38,6)) AS exact, CAST(real AS DOUBLE) AS real
            FROM VALUES (9.994999, '-9.994'), (-0.005, 'NaN'), (NULL, NULL), (1, 'Infinity')
              AS numbers (exact, real)
            """);

    assertEquals(
        "[[9.99,-9.99], [-0.01,null], [null,null], [1.00,null]]",
        numbers
            .select(
                CustomerDecimals.of(
                    numbers.col("exact"), numbers.schema().apply(0).dataType(), type, "exact"),
                CustomerDecimals.of(
                    numbers.col("real"), numbers.schema().apply(1).dataType(), type, "real"))
            .collectAsList()
            .toString());
  }

  @Test
  void columnsArePublishedInTheirOrderAndNoOther(SparkSession spark) {
    Dataset<Row> rows =
        TextTable.frame(spark, "days int, other int, customer_id string", "7|1|ann");

    Dataset<Row> published = SALES.publish(rows, run(), Language.ZH);

    assertEquals(
        List.of("as_of_date", "run_id", "customer_id", "days"), List.of(published.columns()));
    assertEquals("[2026-03-01,r1,ann,7]", published.first().toString());
    assertEquals("购买者。", published.schema().apply("customer_id").getComment().get());
  }

  @Test
  void everyBrokenPromiseIsNamed(SparkSession spark) {
    Dataset<Row> rows = TextTable.frame(spark, "days bigint, other int", "");

    assertEquals(
        "Table 'sales' breaks its contract: column 'customer_id' is null, expected string; column"
            + " 'days' is LongType, expected int. Found columns: days, other",
        assertThrows(IllegalStateException.class, () -> SALES.publish(rows, run(), Language.EN))
            .getMessage());
  }

  private static Run run() {
    return new Run("r1", LocalDate.parse("2026-03-01"));
  }
}
