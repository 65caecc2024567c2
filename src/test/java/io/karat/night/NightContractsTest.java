package io.karat.night;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.karat.lifetime.LifetimeModel;
import io.karat.testing.LocalSpark;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A night of 300 subscribers who pay 10 every 30 days, of whom a third leave sooner or later. */
@Tag("long")
@ExtendWith(LocalSpark.class)
class NightContractsTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);
  private static final int SUBSCRIBERS = 300;
  private static final int PERIOD = 30;
  private static final int HORIZON = 90;

  private final SparkSession spark;
  @TempDir static Path folder;

  NightContractsTest(SparkSession spark) {
    this.spark = spark;
  }

  @Test
  void contractsAreToldFromTheirChargesAndRenewedAsThePaperSays() throws IOException {
    StringBuilder charges = new StringBuilder();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      for (int j = 0; j <= renewals(i); j++) {
        charges.append(
            "t%d-%d | c%d | %s 08:00:00 | 10.00 | SALE%n"
                .formatted(i, j, i, NIGHT.minusDays(age(i)).plusDays((long) j * PERIOD)));
      }
    }
    ToyFirm firm = ToyFirm.at(spark, folder).deliver("2026-03-01", charges.toString());
    NightResult night =
        firm.run(
            "2026-03-01",
            "lifetime_value={model: contractual, contract_period_days: 30, horizon_days: [90],"
                + " annual_discount: 0.1}");
    LifetimeModel model =
        LifetimeModel.parse(
            firm.out()
                .models()
                .read("lifetime", Objects.requireNonNull(night.models().get("lifetime")).id()));
    List<Double> parameters = model.purchase().parameters();
    Map<String, Row> rows = new HashMap<>();
    firm.table(night, "customer_value")
        .collectAsList()
        .forEach(row -> rows.put(row.getAs("customer_id"), row));

    assertEquals("contractual", model.purchase().form().word());
    assertEquals(SUBSCRIBERS, rows.size());
    int left = 0;
    for (int i = 0; i < SUBSCRIBERS; i++) {
      Row row = Objects.requireNonNull(rows.get("c" + i));
      int sinceCharge = age(i) - renewals(i) * PERIOD;
      boolean isRunning = sinceCharge <= PERIOD + PERIOD / 2;
      left += isRunning ? 0 : 1;
      double stays = isRunning ? 1 : 0;
      double expected = 0;
      int renewal = renewals(i);
      for (int due = Math.max(0, PERIOD - sinceCharge); due <= HORIZON; due += PERIOD) {
        stays *= (parameters.get(1) + renewal) / (parameters.get(0) + parameters.get(1) + renewal);
        expected += stays;
        renewal++;
      }
      assertEquals(isRunning ? 1 : 0, number(row, "p_alive"), "c" + i);
      assertEquals(stays, number(row, "purchase_probability_next_90d"), 1e-6, "c" + i);
      assertEquals(expected, number(row, "expected_transactions_next_90d"), 1e-6, "c" + i);
      assertEquals(10 * expected, number(row, "expected_sales_amount_next_90d"), 0.0051, "c" + i);
      assertTrue(
          isRunning
              ? number(row, "lifetime_value_next_90d") < 10 * expected
                  && number(row, "residual_renewals") > expected
              : number(row, "residual_renewals") == 0);
      assertEquals(
          10 * number(row, "residual_renewals"),
          number(row, "residual_lifetime_value"),
          0.0051,
          "c" + i);
    }
    assertTrue(left > 50, left + " have left");
  }

  /** Contracts began on any day of ten months before the night. */
  private static int age(int i) {
    return i * 7 % 300;
  }

  /** One in three stays for less than five renewals, as far as there was time for them. */
  private static int renewals(int i) {
    int due = age(i) / PERIOD;
    return i % 3 == 0 ? Math.min(due, i / 3 % 5) : due;
  }

  private static double number(Row row, String column) {
    return row.<BigDecimal>getAs(column).doubleValue();
  }
}
