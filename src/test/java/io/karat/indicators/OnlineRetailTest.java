package io.karat.indicators;

import static io.karat.testing.TextTable.assertFrame;

import io.karat.testing.LocalSpark;
import io.karat.testing.Night;
import io.karat.testing.RealData;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests on half a million invoice lines of a wholesaler, against figures that were computed
 * elsewhere.
 */
@ExtendWith(LocalSpark.class)
class OnlineRetailTest {
  private final Night night =
      Night.with(
          "money_scale=3",
          "time_zone=UTC",
          "indicators.windows=[lifetime]",
          "inputs.transactions.grain=line",
          "inputs.transactions.where=CustomerID IS NOT NULL",
          "inputs.transactions.columns.transaction_id=InvoiceNo",
          "inputs.transactions.columns.customer_id=CustomerID",
          "inputs.transactions.columns.transaction_time=InvoiceDate",
          "inputs.transactions.columns.type="
              + "CASE WHEN InvoiceNo LIKE 'C%' OR Quantity < 0 THEN 'RETURN' ELSE 'SALE' END",
          "inputs.transactions.columns.amount=abs(Quantity * UnitPrice)",
          "inputs.transactions.columns.product_id=StockCode");

  /** The figures cover all lines before their day, and count days to it: one more than we do. */
  @ParameterizedTest
  @ValueSource(strings = {"2011-12-09", "2011-06-30"})
  void everyCustomerIsWhatItIsKnownToBe(LocalDate asOf, SparkSession spark) {
    Path data = RealData.folder("online_retail");
    Dataset<Row> lines = spark.read().parquet(data.resolve("transactions").toString());
    Dataset<Row> answers =
        spark
            .read()
            .option("header", true)
            .csv(
                data.resolve("expected/customers_as_of_%s.csv".formatted(asOf.plusDays(1)))
                    .toString());

    assertFrame(
        answers.selectExpr(
            "customer_id",
            "CAST(purchase_invoices AS BIGINT) AS sales",
            "CAST(return_invoices AS BIGINT) AS returns",
            "CAST(gross_amount AS DECIMAL(18,3)) AS gross",
            "CAST(returns_amount AS DECIMAL(18,3)) AS returned",
            "CAST(net_amount AS DECIMAL(18,3)) AS net",
            "CAST(first_purchase_date AS DATE) AS first",
            "CAST(last_purchase_date AS DATE) AS last",
            "CAST(purchase_days AS BIGINT) AS days",
            "CAST(tenure_days AS INT) AS tenure",
            "CAST(recency_days AS INT) AS recency",
            "CAST(mean_days_between_purchase_days AS DECIMAL(18,6)) AS interval",
            "CAST(avg_invoice_amount AS DECIMAL(18,6)) AS average",
            "CAST(max_invoice_amount AS DECIMAL(18,3)) AS maximum"),
        night
            .indicators(lines, asOf.toString())
            .selectExpr(
                "customer_id",
                "transaction_count_lifetime AS sales",
                "return_count_lifetime AS returns",
                "sales_amount_lifetime AS gross",
                "return_amount_lifetime AS returned",
                "net_sales_amount_lifetime AS net",
                "first_sale_date AS first",
                "last_sale_date AS last",
                "transaction_day_count_lifetime AS days",
                "tenure_days + 1 AS tenure",
                "recency_days + 1 AS recency",
                "average_transaction_interval_days_lifetime AS interval",
                "average_transaction_amount_lifetime AS average",
                "maximum_transaction_amount_lifetime AS maximum"));
  }
}
