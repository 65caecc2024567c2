package io.karat.generate;

import io.karat.run.UsageException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A synthetic firm with realistic customers and history, to try the job on.
 *
 * <p>The same arguments give the same files to the byte, on any number of cores. The true
 * properties of each customer (its value class, the day on which it leaves) are written too, as
 * {@code truth}.
 *
 * @param customers the number of customers, from 1
 * @param days the number of days of history, closed days included
 * @param seed the seed; another one gives another firm of the same kind
 * @param firstDay the day on which the firm opens
 * @param zone the time zone of its business hours
 * @param transactionsPerCustomer the average number of sales and returns over the whole period
 * @param duplicates the number of customers who are in the list twice; if there are any, customers
 *     have names and addresses
 * @param isSubscribed whether customers are charged once a month until they leave, in place of
 *     buying at random
 * @param hasBuyerTypes whether large customers differ in what they value: price, service or a
 *     partnership; transactions then have quantities and discounts, and customers strategic factors
 */
public record SyntheticFirm(
    long customers,
    int days,
    long seed,
    LocalDate firstDay,
    ZoneId zone,
    int transactionsPerCustomer,
    long duplicates,
    boolean isSubscribed,
    boolean hasBuyerTypes) {
  public static final LocalDate DEFAULT_FIRST_DAY = LocalDate.of(2024, 1, 1);
  public static final ZoneId DEFAULT_ZONE = ZoneId.of("UTC");
  public static final int DEFAULT_TRANSACTIONS_PER_CUSTOMER = 20;
  private static final int CONTACTS_PER_CUSTOMER = 3;
  private static final long MOST_CUSTOMERS = 100_000_000;
  private static final int MOST_DAYS = 3_660;
  private static final int MOST_TRANSACTIONS = 1_000;

  /**
   * Checks all numbers at once.
   *
   * @throws UsageException if one is out of range, or the firm would be closed all the time
   */
  public SyntheticFirm {
    List<String> problems = new ArrayList<>();
    check("--customers", customers, MOST_CUSTOMERS, problems);
    check("--days", days, MOST_DAYS, problems);
    check("--transactions-per-customer", transactionsPerCustomer, MOST_TRANSACTIONS, problems);
    if (duplicates < 0 || duplicates > customers) {
      problems.add(
          "--duplicates is %d: expected a whole number from 0 to the number of customers. Give one in that range."
              .formatted(duplicates));
    }
    if (problems.isEmpty() && new TradingCalendar(firstDay, days).ticks() == 0) {
      problems.add(
          "--first-day %s is a Sunday and --days is 1: expected at least one open day. Give --days 2."
              .formatted(firstDay));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  /** A firm with the default first day, zone and number of transactions. */
  public static SyntheticFirm of(long customers, int days, long seed) {
    return new SyntheticFirm(
        customers,
        days,
        seed,
        DEFAULT_FIRST_DAY,
        DEFAULT_ZONE,
        DEFAULT_TRANSACTIONS_PER_CUSTOMER,
        0,
        false,
        false);
  }

  /** The same firm with large customers who differ in what they value. */
  public SyntheticFirm withBuyerTypes() {
    return new SyntheticFirm(
        customers,
        days,
        seed,
        firstDay,
        zone,
        transactionsPerCustomer,
        duplicates,
        isSubscribed,
        true);
  }

  public LocalDate lastDay() {
    return firstDay.plusDays(days - 1L);
  }

  /** All sales and returns, in no particular order. */
  public Dataset<Row> transactions(SparkSession spark) {
    TransactionGenerator transactions = transactionTable();
    return transactions.keys(spark).transform(transactions::described).drop("day");
  }

  /**
   * Writes all tables to a folder that is new or empty, on any file system that Spark can write.
   *
   * @throws UsageException if the folder is not empty or cannot be opened
   */
  public List<GeneratedTable> write(SparkSession spark, String outputUri) {
    FirmWriter writer = writer(spark, outputUri);
    Population population = population();
    long expected = customers * transactionsPerCustomer;
    List<GeneratedTable> tables =
        new ArrayList<>(
            List.of(
                writer.write(transactionTable(), expected),
                writer.write(paymentTable(), expected),
                writer.write(contactTable(), customers * CONTACTS_PER_CUSTOMER),
                writer.writeByDay("customers", customerRows(spark)),
                writer.writeList("opportunities", new OpportunityGenerator(population).rows(spark)),
                writer.writeList("aliases", new AliasGenerator(population).rows(spark)),
                writer.writeList("markets", marketTable().rows(spark)),
                writer.writeList("truth/customers", new GroundTruth(population).rows(spark)),
                writer.writeList("truth/groups", new GroupTruth(population).rows(spark)),
                writer.writeList("truth/markets", marketTable().truth(spark))));
    if (duplicates > 0) {
      tables.add(writer.writeList("truth/duplicates", twice().truth(spark)));
    }
    return tables;
  }

  /** The snapshots of customers, with names and second ids if some are in the list twice. */
  Dataset<Row> customerRows(SparkSession spark) {
    Dataset<Row> rows = new CustomerGenerator(population()).rows(spark);
    return duplicates > 0 ? twice().rows(rows) : rows;
  }

  private DuplicateGenerator twice() {
    return new DuplicateGenerator(population(), duplicates);
  }

  /**
   * Writes the same tables with dirty data: all rows of {@link #write}, and bad ones between them,
   * about 4 in 1000 and at least one for each reason in a table that has rows.
   *
   * <p>Each table has a {@code row_id}; columns with bad times or numbers are text. For each table,
   * {@code truth/bad_rows} lists the rows that are unusable: {@code row_id} and {@code reason}.
   *
   * @throws UsageException if the folder is not empty or cannot be opened
   */
  public List<GeneratedTable> writeDirty(SparkSession spark, String outputUri) {
    FirmWriter writer = writer(spark, outputUri);
    Population population = population();
    long expected = customers * transactionsPerCustomer;
    DirtyWriter dirty = new DirtyWriter(spark, writer);
    DirtyDataRules source = new DirtyDataRules(population);
    return Stream.of(
            dirty.write(transactionTable(), source.transactions(), expected),
            dirty.write(paymentTable(), source.payments(), expected),
            dirty.write(contactTable(), source.contacts(), customers * CONTACTS_PER_CUSTOMER),
            dirty.writeByDay(customerRows(spark), source.customers()),
            dirty.writeList(
                new OpportunityGenerator(population).rows(spark), source.opportunities()),
            dirty.writeList(new AliasGenerator(population).rows(spark), source.aliases()),
            dirty.writeList(marketTable().rows(spark), source.markets()),
            List.of(
                writer.writeList("truth/customers", new GroundTruth(population).rows(spark)),
                writer.writeList("truth/groups", new GroupTruth(population).rows(spark)),
                writer.writeList("truth/markets", marketTable().truth(spark))),
            duplicates > 0
                ? List.of(writer.writeList("truth/duplicates", twice().truth(spark)))
                : List.<GeneratedTable>of())
        .flatMap(List::stream)
        .toList();
  }

  private static FirmWriter writer(SparkSession spark, String outputUri) {
    return new FirmWriter(
        spark, FirmFolder.at(outputUri, spark.sparkContext().hadoopConfiguration()));
  }

  TransactionGenerator transactionTable() {
    return new TransactionGenerator(
        new PurchaseGenerator(population()),
        new AliasGenerator(population()),
        new BusinessHours(zone));
  }

  private PaymentGenerator paymentTable() {
    return new PaymentGenerator(new PurchaseGenerator(population()), new BusinessHours(zone));
  }

  private MarketGenerator marketTable() {
    return new MarketGenerator(population());
  }

  private ContactGenerator contactTable() {
    return new ContactGenerator(population(), new BusinessHours(zone));
  }

  Population population() {
    return new Population(
        customers,
        new SeededRandom(seed),
        new TradingCalendar(firstDay, days),
        transactionsPerCustomer,
        isSubscribed,
        hasBuyerTypes);
  }

  private static void check(String option, long value, long most, List<String> problems) {
    if (value < 1 || value > most) {
      problems.add(
          "%s is %d: expected a whole number from 1 to %d. Give one in that range."
              .formatted(option, value, most));
    }
  }
}
