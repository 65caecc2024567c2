package io.karat.lifetime;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.karat.lifetime.PurchaseHistories.Counted;
import io.karat.tables.Columns;
import io.karat.tables.CustomerSample;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The customers of a fit.
 *
 * @param histories the distinct histories of all customers; of more than ten million, those of at
 *     most as many, chosen by a hash of their id
 * @param some those of at most half a million customers, chosen likewise
 * @param sample at most 200,000 customers, chosen likewise
 */
record FitData(
    PurchaseHistories histories, PurchaseHistories some, List<CustomerPurchases> sample) {
  private static final long MOST_COUNTED = 10_000_000;
  private static final long MOST_SOME = 500_000;
  private static final long MOST_SAMPLED = 200_000;
  private static final long MOST_CHOOSING = 50_000;

  FitData {
    sample = List.copyOf(sample);
  }

  /** All of a few customers. */
  static FitData of(List<CustomerPurchases> buyers) {
    PurchaseHistories histories =
        PurchaseHistories.of(buyers.stream().map(it -> new Counted(it.history(), 1)).toList());
    return new FitData(histories, histories, buyers);
  }

  /**
   * Reads the customers, in one job if they are few, else in two.
   *
   * @param measures one row per customer with the columns of {@link PurchaseColumns}
   * @param customers the number of rows, or more
   */
  static FitData of(
      Dataset<Row> measures, PurchaseColumns columns, LocalDate asOf, long customers) {
    Dataset<Row> buyers = measures.filter(columns.isBuyer());
    List<CustomerPurchases> sample = sample(buyers, columns, asOf, customers);
    if (customers <= MOST_SAMPLED) {
      return of(sample);
    }

    Column isCounted = CustomerSample.isIn(customers, MOST_COUNTED);
    Column isSome = CustomerSample.isIn(customers, MOST_SOME);
    Iterator<Row> counted =
        buyers
            .filter(isCounted.or(isSome))
            .groupBy(
                columns.repeats().as("repeats"),
                columns.lastDays().as("last"),
                columns.ageDays(asOf).as("age"))
            .agg(count_if(isCounted).as("customers"), count_if(isSome).as("some"))
            .toLocalIterator();
    List<Counted> histories = new ArrayList<>();
    List<Counted> some = new ArrayList<>();
    while (counted.hasNext()) {
      Row row = counted.next();
      PurchaseHistory history = new PurchaseHistory(row.getLong(0), row.getInt(1), row.getInt(2));
      if (row.getLong(3) > 0) {
        histories.add(new Counted(history, row.getLong(3)));
      }
      if (row.getLong(4) > 0) {
        some.add(new Counted(history, row.getLong(4)));
      }
    }
    return new FitData(PurchaseHistories.of(histories), PurchaseHistories.of(some), sample);
  }

  private static List<CustomerPurchases> sample(
      Dataset<Row> buyers, PurchaseColumns columns, LocalDate asOf, long customers) {
    List<CustomerPurchases> sample = new ArrayList<>();
    buyers
        .filter(CustomerSample.isIn(customers, MOST_SAMPLED))
        .select(all(columns, asOf))
        .collectAsList()
        .forEach(row -> sample.add(buyer(row, 0)));
    return sample;
  }

  /** The columns of a {@link CustomerPurchases}. */
  static Column[] all(PurchaseColumns columns, LocalDate asOf) {
    return new Column[] {
      columns.repeats().as("repeats"),
      columns.lastDays().as("last"),
      columns.ageDays(asOf).as("age"),
      columns.spendDays().as("days"),
      columns.spend().as("total"),
      columns.repeatSpendDays().as("repeat_days"),
      columns.repeatSpend().as("repeat_total")
    };
  }

  /** A customer from the columns that begin at {@code first}. */
  static CustomerPurchases buyer(Row row, int first) {
    return new CustomerPurchases(
        new PurchaseHistory(row.getLong(first), row.getInt(first + 1), row.getInt(first + 2)),
        row.getLong(first + 3),
        row.getDouble(first + 4),
        row.getLong(first + 5),
        row.getDouble(first + 6));
  }

  /** Whether a customer is in the sample, whatever the order of rows. */
  static Column isSampled(long customers) {
    return CustomerSample.isIn(customers, MOST_SAMPLED);
  }

  /** Whether a customer of the sample is in the smaller one on which a model is chosen. */
  static Column isChoosing(long customers) {
    Column hash = xxhash64(col(Columns.CUSTOMER_ID), lit("choosing"));
    return CustomerSample.isIn(hash, Math.min(customers, MOST_SAMPLED), MOST_CHOOSING);
  }
}
