package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.ExitCode;
import io.karat.run.InputException;
import io.karat.testing.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Test that the problems of several inputs are reported together. */
@ExtendWith(LocalSpark.class)
class NightPlanTest {
  private static final String PAYMENTS =
      "inputs.payments={path: '%s/nothing/*.parquet',"
          + " columns: {customer_id: c, payment_time: t, amount: a}}";

  @Test
  void everyInputThatIsMissingIsNamed(SparkSession spark, @TempDir Path folder) {
    ToyFirm firm = ToyFirm.at(spark, folder);

    InputException problem =
        assertThrows(
            InputException.class,
            () -> firm.plan(PAYMENTS.formatted(folder)).sources(LocalDate.of(2026, 3, 1), spark));

    assertEquals(ExitCode.INPUT, problem.exitCode());
    assertEquals(
        """
        2 inputs cannot be used:
        Input 'transactions' is missing: path '%1$s/input' does not exist. Correct 'inputs.transactions.path'.
        Input 'payments' is missing: path '%1$s/nothing/*.parquet' does not exist, and as a pattern matches nothing. Correct 'inputs.payments.path'.\
        """
            .formatted(folder),
        problem.getMessage());
  }

  @Test
  void everyInputThatLacksAColumnIsNamed(SparkSession spark, @TempDir Path folder)
      throws Exception {
    ToyFirm firm = ToyFirm.at(spark, folder);
    firm.deliver("2026-03-01", "s1 | ann | 2026-03-01 09:00:00 | 10.00 | SALE");
    Files.createDirectories(folder.resolve("nothing"));
    spark.range(1).write().parquet(folder.resolve("nothing/one").toString());
    NightPlan plan =
        firm.plan(
            PAYMENTS.formatted(folder).replace("*.parquet", "one"),
            "inputs.transactions.columns.cost=buying_price");
    LocalDate night = LocalDate.of(2026, 3, 1);

    InputException problem =
        assertThrows(
            InputException.class,
            () -> InputReading.of(plan, plan.sources(night, spark), night, spark));

    assertEquals(
        """
        2 inputs cannot be used:
        Input 'transactions' does not match its mapping: column 'buying_price', used by 'cost', is missing. Found columns: id, customer, at, amount, kind, day
        Input 'payments' does not match its mapping: column 'c', used by 'customer_id', is missing; column 't', used by 'payment_time', is missing; column 'a', used by 'amount', is missing. Found columns: id\
        """,
        problem.getMessage());
  }
}
