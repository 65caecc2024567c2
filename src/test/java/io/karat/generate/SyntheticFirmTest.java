package io.karat.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class SyntheticFirmTest {
  @Test
  void namesEveryNumberThatIsOutOfRange() {
    UsageException error =
        assertThrows(
            UsageException.class,
            () ->
                new SyntheticFirm(
                    0, 0, 1, LocalDate.of(2024, 1, 1), ZoneId.of("UTC"), 1_001, 0, false, false));

    assertEquals(
        """
        --customers is 0: expected a whole number from 1 to 100000000. Give one in that range.
        --days is 0: expected a whole number from 1 to 3660. Give one in that range.
        --transactions-per-customer is 1001: expected a whole number from 1 to 1000. Give one in \
        that range.""",
        error.getMessage());
  }

  @Test
  void refusesAFirmThatNeverOpens() {
    UsageException error =
        assertThrows(
            UsageException.class,
            () ->
                new SyntheticFirm(
                    1, 1, 1, LocalDate.of(2024, 1, 7), ZoneId.of("UTC"), 1, 0, false, false));

    assertEquals(
        "--first-day 2024-01-07 is a Sunday and --days is 1: expected at least one open day."
            + " Give --days 2.",
        error.getMessage());
  }

  @Test
  void refusesMoreDuplicatesThanCustomers() {
    UsageException error =
        assertThrows(
            UsageException.class,
            () ->
                new SyntheticFirm(
                    3, 9, 1, LocalDate.of(2024, 1, 1), ZoneId.of("UTC"), 1, 4, false, false));

    assertEquals(
        "--duplicates is 4: expected a whole number from 0 to the number of customers. Give one in"
            + " that range.",
        error.getMessage());
  }

  @Test
  void customersWhoAreInTheListTwiceAreAsManyAsWantedAndTyped(SparkSession spark) {
    SyntheticFirm firm =
        new SyntheticFirm(
            100, 40, 1, LocalDate.of(2024, 1, 1), ZoneId.of("UTC"), 1, 10, false, false);
    Dataset<Row> truth = new DuplicateGenerator(firm.population(), 10).truth(spark);
    Dataset<Row> rows = firm.customerRows(spark).where("day = DATE'2024-02-01'");

    assertEquals(10, truth.count());
    Row counts =
        rows.selectExpr(
                "count_if(customer_id LIKE 'D%')",
                "count_if(display_name IS NULL)", "count(DISTINCT customer_id) = count(*)")
            .first();
    assertTrue(counts.getLong(0) >= 8, counts::toString);
    assertEquals(0L, counts.getLong(1));
    assertTrue(counts.getBoolean(2));
  }

  @Test
  void refusesAnOutputFolderThatHoldsAnything(SparkSession spark, @TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "mine");

    UsageException error =
        assertThrows(
            UsageException.class,
            () -> SyntheticFirm.of(1, 1, 1).write(spark, folder.toUri().toString()));

    assertEquals(
        "--output 'file:%s' is not empty: expected a new or an empty folder. Name another one, or remove what is in it."
            .formatted(folder),
        error.getMessage());
  }

  @Test
  void refusesAnOutputThatNoFileSystemKnows(SparkSession spark) {
    UsageException error =
        assertThrows(
            UsageException.class, () -> SyntheticFirm.of(1, 1, 1).write(spark, "nowhere://here"));

    assertEquals(
        "--output 'nowhere://here' cannot be opened: No FileSystem for scheme \"nowhere\"."
            + " Name a folder that can be written.",
        error.getMessage());
  }
}
