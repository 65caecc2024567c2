package io.karat.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.night.CustomerIds;
import io.karat.night.InputReading;
import io.karat.night.NightPlan;
import io.karat.night.NightSource;
import io.karat.run.InputException;
import io.karat.run.UsageException;
import io.karat.testing.LocalSpark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that reading one customer costs one filtered scan per input, regardless of the number of
 * customers.
 */
@ExtendWith(LocalSpark.class)
class OneCustomerReadingTest {
  private static final LocalDate NIGHT = LocalDate.parse(ExplainedFirm.NIGHT);

  /** Condition on the rows of a scan, before anything else is done with them. */
  private static final Pattern SCANNED = Pattern.compile("DataFilters: \\[[^\\]]*(IN \\([^)]*\\))");

  private final SparkSession spark;
  @TempDir private Path folder;
  private ExplainedFirm firm;

  OneCustomerReadingTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void deliver() {
    firm = ExplainedFirm.at(spark, folder);
  }

  @Test
  void everyScanLooksForTheCustomerAlone() {
    InputReading reading = reading("ann-web");

    CustomerIds ids = reading.customer().orElseThrow();
    assertEquals("ann [ann-1999, ann-web]", ids.id() + " " + ids.aliases());
    List<String> asked =
        SCANNED
            .matcher(reading.stored().queryExecution().sparkPlan().toString())
            .results()
            .map(found -> found.group(1))
            .distinct()
            .toList();
    assertEquals(List.of("IN (ann,ann-1999,ann-web)"), asked);
  }

  @Test
  void whatTheSourceLacksIsSaidAsTheNightSaysIt() {
    InputException missing =
        assertThrows(
            InputException.class,
            () -> reading("ann", "inputs.payments.columns.customer_id=client"));
    assertEquals(
        "Input 'payments' does not match its mapping: column 'client', used by 'customer_id', is"
            + " missing. Found columns: id, customer, at, amount, kind",
        missing.getMessage());

    UsageException wrong =
        assertThrows(
            UsageException.class,
            () -> reading("ann", "inputs.payments.columns.customer_id=year(kind = 'A')"));
    assertEquals(
        "Input 'payments' cannot be mapped: Cannot resolve \"year((kind = A))\" due to data type"
            + " mismatch: The first parameter requires the \"DATE\" type, however \"(kind = A)\""
            + " has the type \"BOOLEAN\"",
        wrong.getMessage());
  }

  private InputReading reading(String customer, String... sets) {
    NightPlan plan = firm.firm().plan(firm.settings(sets));
    List<NightSource> sources = plan.sources(NIGHT, spark);
    return InputReading.ofCustomer(plan, sources, NIGHT, customer, spark);
  }
}
