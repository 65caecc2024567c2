package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that a night says where the customers of its inputs do not meet. */
@ExtendWith(LocalSpark.class)
class SharedCustomersTest {
  private final SparkSession spark;
  @TempDir private Path folder;

  SharedCustomersTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Ids of customers beside c1, c2 and c3 of transactions. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c1 c2 c3 c4 c5 | 0.00 | passed | .*0 of 3, 0 %.*
          c1 x2 x3       | 0.67 | passed | .*: 2 of 3, .*
          C1 C2 C3       | 1.00 | warned | .* ids such as A9 in 'customers' and a9 in 'transactions' .*
          001 002        | 1.00 | warned | .* ids such as 999 in 'customers' and a9 in 'transactions' .*
          c-1 c-2 c-3 c9 | 1.00 | warned | .* ids such as a-9 in 'customers' and a9 in 'transactions' .*
          """)
  void idsThatAreWrittenInTwoWaysWarn(String ids, String share, String status, String message)
      throws IOException {
    ToyFirm firm =
        ToyFirm.at(spark, folder)
            .deliver(
                "2026-03-01",
                """
                s1 | c1 | 2026-03-01 09:00:00 | 10.00 | SALE
                s2 | c2 | 2026-03-01 10:00:00 | 20.00 | SALE
                s3 | c3 | 2026-03-01 10:00:00 | 30.00 | SALE
                """);
    Files.writeString(folder.resolve("customers.csv"), "id\n" + ids.strip().replace(' ', '\n'));

    NightResult night =
        firm.run(
            "2026-03-01",
            "inputs.customers={path: '%s/customers.csv', format: csv, columns: {customer_id: id}}"
                .formatted(folder));

    assertEquals(
        "%s | %s | true%n".formatted(share, status),
        ToyFirm.text(
            firm.table(night, "quality_results").filter("check_name = 'unmatched_customers'"),
            "cast(value as decimal(9, 2))",
            "status",
            "message_en rlike \"%s\"".formatted(message)));
  }
}
