package io.karat.indicators;

import static io.karat.testing.TextTable.frame;
import static java.math.RoundingMode.HALF_UP;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.karat.settings.InputTable;
import io.karat.testing.LocalSpark;
import io.karat.testing.Sources;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of Little's law, on customers with a known match of payments and invoices. */
@ExtendWith(LocalSpark.class)
class CollectionPeriodTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 4, 30);

  @Test
  void itIsTheMeanDaysFromSaleToPaymentWhicheverPaymentSettledWhichInvoice(SparkSession spark) {
    Random random = new Random(20260430);
    List<Customer> customers =
        IntStream.range(0, 200)
            .mapToObj(number -> Customer.of("c" + (1000 + number), random))
            .toList();
    Sources sources =
        Sources.of(
                frame(
                    spark,
                    "customer_id string, transaction_time date, amount decimal(10,2)",
                    customers.stream().flatMap(Customer::sales).collect(joining("\n"))))
            .with(
                InputTable.PAYMENTS,
                frame(
                    spark,
                    "customer_id string, payment_time date, amount decimal(10,2)",
                    customers.stream().flatMap(Customer::payments).collect(joining("\n"))));

    String published =
        sources.indicators(AS_OF.toString()).orderBy("customer_id").collectAsList().stream()
            .map(row -> row.getString(0) + " " + row.getAs("average_collection_period_days_365d"))
            .collect(joining("\n"));

    assertEquals(text(customers, Customer::settled), published);
    assertEquals(text(customers, Customer::settledOldestFirst), published);
    assertEquals(text(customers, Customer::settledNewestFirst), published);
  }

  private static String text(
      List<Customer> customers, java.util.function.Function<Customer, List<Settled>> matching) {
    return customers.stream()
        .map(customer -> customer.id() + " " + meanDays(matching.apply(customer)))
        .collect(joining("\n"));
  }

  private static BigDecimal meanDays(List<Settled> settled) {
    long amountDays =
        settled.stream().mapToLong(part -> part.cents() * (part.paid() - part.sold())).sum();
    long amount = settled.stream().mapToLong(Settled::cents).sum();
    return BigDecimal.valueOf(amountDays).divide(BigDecimal.valueOf(amount), 6, HALF_UP);
  }

  /** Cents of a sale that a payment settled; days are counted from the first of the window. */
  private record Settled(int sold, int paid, long cents) {}

  /**
   * A customer with up to 5 sales, each paid in up to 3 parts within 90 days, some before the sale.
   */
  private record Customer(String id, List<Settled> settled) {
    static Customer of(String id, Random random) {
      List<Settled> settled = new ArrayList<>();
      for (int sale = 0; sale <= random.nextInt(5); sale++) {
        int sold = 5 + random.nextInt(260);
        for (int part = 0; part <= random.nextInt(3); part++) {
          settled.add(new Settled(sold, sold - 5 + random.nextInt(95), 1 + random.nextInt(99_999)));
        }
      }
      return new Customer(id, settled);
    }

    List<Settled> settledOldestFirst() {
      return matched(Comparator.comparing(Settled::sold));
    }

    List<Settled> settledNewestFirst() {
      return matched(Comparator.comparing(Settled::sold).reversed());
    }

    /** Matches payments, by day, with the sales in the given order. */
    private List<Settled> matched(Comparator<Settled> order) {
      List<Settled> sales = new ArrayList<>(settled.stream().sorted(order).toList());
      List<Settled> matched = new ArrayList<>();
      for (Settled payment :
          settled.stream().sorted(Comparator.comparing(Settled::paid)).toList()) {
        long left = payment.cents();
        while (left > 0) {
          Settled sale = sales.remove(0);
          long cents = Math.min(left, sale.cents());
          matched.add(new Settled(sale.sold(), payment.paid(), cents));
          if (cents < sale.cents()) {
            sales.add(0, new Settled(sale.sold(), sale.paid(), sale.cents() - cents));
          }
          left -= cents;
        }
      }
      return matched;
    }

    Stream<String> sales() {
      return settled.stream().map(part -> line(part.sold(), part.cents()));
    }

    Stream<String> payments() {
      return settled.stream().map(part -> line(part.paid(), part.cents()));
    }

    private String line(int day, long cents) {
      return "%s|%s|%s".formatted(id, AS_OF.minusDays(364 - day), BigDecimal.valueOf(cents, 2));
    }
  }
}
