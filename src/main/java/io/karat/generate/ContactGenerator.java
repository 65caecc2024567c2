package io.karat.generate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The contacts between customers and the firm, with their type, channel and satisfaction.
 *
 * <p>Customers who leave within a year are less satisfied and complain more than others.
 */
record ContactGenerator(Population population, BusinessHours hours) implements DayTable {
  private static final Column CUSTOMER = col("customer_no");
  private static final Column CONTACT = col("contact_no");
  private static final int UNHAPPY_DAYS = 365;
  private static final String[] CHANNELS = {"PHONE", "EMAIL", "CHAT", "VISIT"};
  private static final String[] TYPES = {
    "TASK", "PROCESS", "PRAISE", "COMPLAINT", "SUGGESTION", "OTHER"
  };
  private static final double[] USUAL_SHARES = {0.35, 0.20, 0.12, 0.10, 0.08, 0.15};
  private static final double[] UNHAPPY_SHARES = {0.30, 0.18, 0.03, 0.30, 0.06, 0.13};

  @Override
  public String name() {
    return "contacts";
  }

  @Override
  public List<String> order() {
    return List.of("customer_no", "contact_no");
  }

  @Override
  public Dataset<Row> keys(SparkSession spark) {
    Column perYear =
        coalesce(
            BuyerKind.propertyOf(population.kindOf(CUSTOMER), BuyerKind::contactsPerYear),
            ValueClass.propertyOf(col("class_no"), ValueClass::contactsPerYear));
    Column contacts = population.timesInLife(perYear, "contacts");
    Column numbers = when(col("contacts").gt(0), sequence(lit(1), col("contacts")));
    Column day = population.dayInLife("contact day", CONTACT);
    return population
        .customers(spark)
        .select(col("*"), contacts.as("contacts"))
        .select(col("*"), explode(numbers).as("contact_no"))
        .select(population.calendar().date(day).as("day"), CUSTOMER, CONTACT);
  }

  @Override
  public Dataset<Row> described(Dataset<Row> keys) {
    return keys.select(col("*"), isUnhappy().as("is_unhappy"))
        .select(col("*"), type().as("type"))
        .select(
            col("day"),
            concat(population.idOf("K", CUSTOMER), lit("-"), CONTACT.cast("string"))
                .as("contact_id"),
            population.idOf(CUSTOMER).as(Columns.CUSTOMER_ID),
            hours.timeOn(col("day"), draw("contact time")).as("contact_time"),
            col("type"),
            chance().mostlyEarlyOf(CHANNELS, "contact channel", CUSTOMER, CONTACT).as("channel"),
            when(draw("asked").lt(0.6), satisfaction()).as("satisfaction"),
            CentAmounts.ofCents(chance().whole(5_800, "contact cost", CUSTOMER, CONTACT).plus(200))
                .as("cost"),
            resolvedOn().as("resolved_time"));
  }

  /** Complaints are mostly resolved in some days; of unhappy customers only half are. */
  private Column resolvedOn() {
    Column isResolved = draw("resolved").lt(when(col("is_unhappy"), 0.5).otherwise(0.9));
    Column days = chance().whole(20, "days to resolve", CUSTOMER, CONTACT).plus(1);
    return when(
        col("type").equalTo("COMPLAINT").and(isResolved), date_add(col("day"), days.cast("int")));
  }

  private Column isUnhappy() {
    return population.lifeDays(CUSTOMER, population.classOf(CUSTOMER)).lt(UNHAPPY_DAYS);
  }

  private Column type() {
    Column unhappy = chance().weighted(UNHAPPY_SHARES, "contact type", CUSTOMER, CONTACT);
    Column usual = chance().weighted(USUAL_SHARES, "contact type", CUSTOMER, CONTACT);
    Column type = when(col("is_unhappy"), unhappy);
    for (BuyerKind kind : BuyerKind.values()) {
      type =
          type.when(
              kind.is(population.kindOf(CUSTOMER)),
              chance().weighted(kind.contactTypes(), "contact type", CUSTOMER, CONTACT));
    }
    return get(lit(TYPES), type.otherwise(usual));
  }

  private Column satisfaction() {
    Column reason =
        when(col("type").equalTo("COMPLAINT"), -1.5)
            .when(col("type").equalTo("PRAISE"), 0.8)
            .otherwise(0.0);
    Column level =
        when(col("is_unhappy"), 2.9)
            .otherwise(3.9)
            .plus(reason)
            .plus(chance().bell("mood", CUSTOMER).multiply(0.6))
            .plus(chance().bell("mood of the day", CUSTOMER, CONTACT).multiply(0.6));
    return least(greatest(round(level).cast("int"), lit(1)), lit(5));
  }

  private Column draw(String purpose) {
    return chance().uniform(purpose, CUSTOMER, CONTACT);
  }

  private SeededRandom chance() {
    return population.chance();
  }
}
