package io.karat.generate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The sales opportunities of the firm, as of the last day; open if {@code closed_date} is null. */
record OpportunityGenerator(Population population) {
  private static final Column CUSTOMER = col("customer_no");
  private static final Column OPPORTUNITY = col("opportunity_no");
  private static final int CUSTOMERS_PER_FILE = 500_000;
  private static final BigDecimal[] PROBABILITIES =
      Stream.of("0.10", "0.25", "0.50", "0.75", "0.90")
          .map(BigDecimal::new)
          .toArray(BigDecimal[]::new);

  Dataset<Row> rows(SparkSession spark) {
    return population
        .customers(population.numbers(spark, CUSTOMERS_PER_FILE))
        .select(
            col("*"),
            population
                .timesInLife(ValueClass::opportunitiesPerYear, "opportunities")
                .as("opportunities"))
        .select(col("*"), explode(numbers()).as("opportunity_no"))
        .select(col("*"), createdDate().as("created_date"))
        .select(
            concat(population.idOf("O", CUSTOMER), lit("-"), OPPORTUNITY.cast("string"))
                .as("opportunity_id"),
            population.idOf(CUSTOMER).as(Columns.CUSTOMER_ID),
            col("created_date"),
            CentAmounts.ofCents(cents()).as("amount"),
            get(lit(PROBABILITIES), whole(PROBABILITIES.length, "probability")).as("probability"),
            date_add(col("created_date"), whole(120, "expected close").plus(30))
                .as("expected_close_date"),
            closedDate().as("closed_date"));
  }

  private static Column numbers() {
    return when(col("opportunities").gt(0), sequence(lit(1), col("opportunities")));
  }

  private Column createdDate() {
    return population.calendar().date(population.dayInLife("opportunity day", OPPORTUNITY));
  }

  private Column closedDate() {
    Column closed = date_add(col("created_date"), whole(180, "close").plus(20));
    return when(closed.leq(lit(population.calendar().lastDay())), closed);
  }

  /** About five times the usual basket of the customer's class. */
  private Column cents() {
    Column usual =
        ValueClass.propertyOf(
            col("class_no"), valueClass -> StrictMath.log(500 * valueClass.medianBasket()));
    Column spread =
        population.chance().bell("opportunity amount", CUSTOMER, OPPORTUNITY).multiply(0.5);
    return round(exp(usual.plus(spread))).cast("long");
  }

  private Column whole(int below, String purpose) {
    return population.chance().whole(below, purpose, CUSTOMER, OPPORTUNITY);
  }
}
