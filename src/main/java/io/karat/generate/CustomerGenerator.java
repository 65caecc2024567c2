package io.karat.generate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.year;

import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Snapshots of the customers: firms and persons with their characteristics, on the first day and on
 * the first of every month.
 *
 * <p>Characteristics of firms are null for persons, and the other way round.
 */
record CustomerGenerator(Population population) {
  private static final Column CUSTOMER = col("customer_no");
  private static final int CUSTOMERS_PER_FILE = 500_000;
  private static final double ANNUAL_SALES = 800_000;
  private static final List<String> STRATEGIC_FACTORS =
      List.of("advantage", "reputation", "strategic_focus", "regional_founder");
  private static final String[] REGIONS = {
    "NORTH", "SOUTH", "EAST", "WEST", "CENTRE", "COAST", "ISLANDS", "ABROAD"
  };
  private static final String[] INDUSTRIES = {
    "RETAIL", "WHOLESALE", "FOOD", "CONSTRUCTION", "LOGISTICS", "HEALTH", "FINANCE", "ENERGY"
  };
  private static final String[] SIZES = {"MICRO", "SMALL", "MEDIUM", "LARGE"};
  private static final String[] EDUCATIONS = {"SECONDARY", "VOCATIONAL", "BACHELOR", "MASTER"};
  private static final String[] MARITAL_STATUSES = {"MARRIED", "SINGLE", "DIVORCED", "WIDOWED"};
  private static final String[] COLOURS = {"BLUE", "GREEN", "RED", "BLACK", "YELLOW", "WHITE"};

  /** The days of the snapshots. */
  List<LocalDate> days() {
    LocalDate first = population.calendar().firstDay();
    Stream<LocalDate> months =
        Stream.iterate(
            first.withDayOfMonth(1).plusMonths(1),
            month -> !month.isAfter(population.calendar().lastDay()),
            month -> month.plusMonths(1));
    return Stream.concat(Stream.of(first), months).toList();
  }

  /**
   * One row per snapshot day and customer created by then. Every task has customers of a single
   * day, in order.
   */
  Dataset<Row> rows(SparkSession spark) {
    return snapshots(spark)
        .where(population.createdDate(CUSTOMER).leq(col("day")))
        .sortWithinPartitions("day", "customer_no")
        .transform(this::described);
  }

  /** All customers as they are on a day. */
  Dataset<Row> on(LocalDate day, SparkSession spark) {
    return described(
        population.numbers(spark, CUSTOMERS_PER_FILE).select(lit(day).as("day"), CUSTOMER));
  }

  /** Pairs of a day and a customer, as one range that is split at the end of each day. */
  private Dataset<Row> snapshots(SparkSession spark) {
    LocalDate[] days = days().toArray(LocalDate[]::new);
    int tasks = days.length * population.tasks(CUSTOMERS_PER_FILE);
    Column row = col("id");
    Column day = floor(row.divide(lit((double) population.size()))).cast("int");
    return spark
        .range(0, days.length * population.size(), 1, tasks)
        .select(
            get(lit(days), day).as("day"), row.mod(population.size()).plus(1).as("customer_no"));
  }

  private Dataset<Row> described(Dataset<Row> snapshots) {
    return snapshots
        .select(
            col("*"),
            population.createdDate(CUSTOMER).as("created_date"),
            isEnterprise(CUSTOMER).as("is_enterprise"),
            parent(CUSTOMER).as("parent_no"))
        .select(columns());
  }

  private Column[] columns() {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                col("day"),
                population.idOf(CUSTOMER).as(Columns.CUSTOMER_ID),
                when(col("is_enterprise"), "ENTERPRISE").otherwise("PERSON").as("kind"),
                col("created_date"),
                parentId().as("parent_customer_id"),
                openingBalance().as("opening_balance"),
                ofFirms(oneOf(SIZES, "company size")).as("company_size"),
                ofFirms(money(50_000, "registered capital")).as("registered_capital"),
                oneOf(REGIONS, "region").as("region"),
                ofFirms(oneOf(INDUSTRIES, "industry")).as("industry"),
                ofFirms(annualSales()).as("annual_sales"),
                ofFirms(happens(0.05, "listed")).as("is_listed"),
                ofPersons(age()).as("age"),
                ofPersons(oneOf(EDUCATIONS, "education")).as("education"),
                ofPersons(oneOf(MARITAL_STATUSES, "marital status")).as("marital_status"),
                ofPersons(money(2_800, "monthly income")).as("monthly_income"),
                ofPersons(oneOf(COLOURS, "favourite colour")).as("favourite_colour"),
                ofPersons(happens(0.6, "car")).as("has_car"),
                ofPersons(happens(0.45, "children")).as("has_children")));
    if (population.hasBuyerTypes()) {
      for (String factor : STRATEGIC_FACTORS) {
        columns.add(ofFirms(strategic(factor)).as(factor));
      }
    }
    return columns.toArray(Column[]::new);
  }

  /** A strategic factor as people rate it: 4 or 5 where it is high, else 1 to 3. */
  private Column strategic(String factor) {
    Column share =
        coalesce(
            BuyerKind.propertyOf(population.kindOf(CUSTOMER), BuyerKind::strategicShare), lit(0.1));
    SeededRandom chance = population.chance();
    return when(
            chance.uniform(factor, CUSTOMER).lt(share),
            chance.whole(2, factor + " high", CUSTOMER).plus(4))
        .otherwise(chance.whole(3, factor + " low", CUSTOMER).plus(1));
  }

  /** Annual sales; what a partner buys here is most of what it buys at all. */
  private Column annualSales() {
    Column size =
        BuyerKind.propertyOf(
            population.kindOf(CUSTOMER), kind -> StrictMath.log(ANNUAL_SALES * kind.size()));
    return money("annual sales", coalesce(size, lit(StrictMath.log(ANNUAL_SALES))));
  }

  private Column isEnterprise(Column customer) {
    double[] shares = {0.95, 0.8, 0.4, 0.1, 0.5};
    return population
        .chance()
        .uniform("kind", customer)
        .lt(get(lit(shares), population.classOf(customer)));
  }

  /**
   * One firm in fifteen may belong to another, any where firms differ in what they value; a parent
   * has a lower number, so there is no cycle.
   */
  private Column parent(Column customer) {
    Column lower = customer.minus(1);
    SeededRandom chance = population.chance();
    Column number = floor(chance.uniform("parent", customer).multiply(lower)).plus(1);
    double share = population.hasBuyerTypes() ? 1 : 1 / 15.0;
    return when(chance.happens(share, "has parent", customer).and(lower.gt(0)), number);
  }

  private Column parentId() {
    Column parent = col("parent_no");
    return when(
        isOwned(col("is_enterprise"), col("created_date"), parent), population.idOf(parent));
  }

  /** The number of the parent of a customer; null without. */
  Column parentOf(Column customer) {
    Column parent = parent(customer);
    return when(isOwned(isEnterprise(customer), population.createdDate(customer), parent), parent);
  }

  /** A firm belongs to an older firm. */
  private Column isOwned(Column isFirm, Column created, Column parent) {
    return isFirm.and(isEnterprise(parent)).and(population.createdDate(parent).leq(created));
  }

  private Column openingBalance() {
    return when(
            col("is_enterprise").and(happens(0.1, "opening balance")),
            money(900, "opening balance amount"))
        .otherwise(lit(0).cast("decimal(18,2)"));
  }

  private Column age() {
    return year(col("day")).minus(population.chance().whole(62, "birth year", CUSTOMER).plus(1942));
  }

  private static Column ofFirms(Column value) {
    return when(col("is_enterprise"), value);
  }

  private static Column ofPersons(Column value) {
    return when(col("is_enterprise").equalTo(false), value);
  }

  private Column oneOf(String[] values, String purpose) {
    return population.chance().mostlyEarlyOf(values, purpose, CUSTOMER);
  }

  private Column happens(double share, String purpose) {
    return population.chance().happens(share, purpose, CUSTOMER);
  }

  /** An amount without cents, around a median. */
  private Column money(double median, String purpose) {
    return money(purpose, lit(StrictMath.log(median)));
  }

  private Column money(String purpose, Column logOfMedian) {
    Column spread = population.chance().bell(purpose, CUSTOMER).multiply(0.8);
    return CentAmounts.ofCents(round(exp(spread.plus(logOfMedian))).cast("long").multiply(100));
  }
}
