package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests of customers and markets that have several rows. */
@ExtendWith(LocalSpark.class)
class SeveralRowsTest {
  /** Of c1 and of the North the second row says something else, of c2 and the South the same. */
  @Test
  void rowsThatSayDifferentThingsWarn(SparkSession spark, @TempDir Path folder) throws IOException {
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | c1 | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | c2 | 2026-03-01 10:00:00 | 20.00 | SALE
                """);
    Files.writeString(
        folder.resolve("customers.csv"), "id,region\nc1,North\nc1,South\nc2,North\nc2,North\n");
    Files.writeString(
        folder.resolve("markets.csv"),
        """
        what,which,day,size
        region,North,2026-01-01,100
        region,North,2026-01-01,200
        region,South,2025-01-01,100
        region,South,2026-01-01,300
        region,South,2026-01-01,300
        """);

    NightResult night =
        firm.run(
            "2026-03-01",
            "inputs.customers={path: '%s/customers.csv', format: csv, columns: {customer_id: id}, characteristics: {region: category}}"
                .formatted(folder),
            "inputs.markets={path: '%s/markets.csv', format: csv, columns: {characteristic: what, value: which, as_of_date: day, market_amount: size}}"
                .formatted(folder));

    assertEquals(
        """
        customers | contradicted_keys | warned | 1
        markets | contradicted_keys | warned | 1
        """,
        ToyFirm.text(
            firm.table(night, "quality_results")
                .filter("check_name = 'unique' and table_name in ('customers', 'markets')"),
            "table_name",
            "metric",
            "status",
            "cast(value as int)"));
  }

  /** A list that has nothing but its key cannot contradict itself. */
  @Test
  void aListOfIdsAloneIsRead(SparkSession spark, @TempDir Path folder) throws IOException {
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver("2026-03-01", "s1 | c1 | 2026-03-01 09:00:00 | 10.00 | SALE\n");

    Files.writeString(folder.resolve("ids.csv"), "id\nc1\nc1\nc2\n");

    NightResult night =
        firm.run(
            "2026-03-01",
            "checks.max_quarantine=1",
            "inputs.customers={path: '%s/ids.csv', format: csv, columns: {customer_id: id}}"
                .formatted(folder));

    assertEquals(
        """
        customers | contradicted_keys | 0
        """,
        ToyFirm.text(
            firm.table(night, "quality_results")
                .filter("check_name = 'unique' and table_name = 'customers'")
                .filter("metric = 'contradicted_keys'"),
            "table_name",
            "metric",
            "cast(value as int)"));
    assertEquals(2, firm.table(night, "customer_indicators").count());
  }
}
