package io.karat.generate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Customers who are in the list twice, under a second id such as D0000123, with what people know
 * them by: names, numbers and addresses, not always typed alike.
 *
 * @param count the number of second ids
 */
record DuplicateGenerator(Population population, long count) {
  private static final int CUSTOMERS_PER_FILE = 1_000_000;

  /** The snapshots of customers with names and addresses, second ids behind the first. */
  Dataset<Row> rows(Dataset<Row> customers) {
    Column number = population.numberOf(col(Columns.CUSTOMER_ID));
    Column isFirm = col("kind").equalTo("ENTERPRISE");
    IdentityGenerator identities = new IdentityGenerator(population);
    Column own =
        struct(columns(customers, col(Columns.CUSTOMER_ID), identities.columns(number, isFirm)));
    Column second =
        struct(columns(customers, secondId(number), identities.typedAgain(number, isFirm)));
    return customers.select(
        inline(when(isTwice(number), array(own, second)).otherwise(array(own))));
  }

  private static Column[] columns(Dataset<Row> customers, Column id, List<Column> identity) {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(customers.columns())
        .map(name -> name.equals(Columns.CUSTOMER_ID) ? id.as(name) : col(name))
        .forEach(columns::add);
    columns.addAll(identity);
    return columns.toArray(Column[]::new);
  }

  /** One row per second id: duplicate_id, customer_id. */
  Dataset<Row> truth(SparkSession spark) {
    Column customer = col("customer_no");
    return population
        .numbers(spark, CUSTOMERS_PER_FILE)
        .where(isTwice(customer))
        .select(
            secondId(customer).as("duplicate_id"),
            population.idOf(customer).as(Columns.CUSTOMER_ID));
  }

  private Column secondId(Column customer) {
    return population.idOf("D", customer);
  }

  /** True for as many customers as wanted, evenly spread. */
  private Column isTwice(Column customer) {
    return step(customer).gt(step(customer.minus(1)));
  }

  private Column step(Column customer) {
    return floor(customer.multiply(lit((double) count)).divide(lit((double) population.size())));
  }
}
