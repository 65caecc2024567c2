package io.karat.generate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import io.karat.tables.Columns;
import java.util.ArrayList;
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
    // A generator keeps Spark from putting both projections into one, which would be more code than
    // a
    // method of Java may have.
    Dataset<Row> own =
        customers.select(
            col("*"),
            inline(array(struct(identities.columns(number, isFirm).toArray(Column[]::new)))));
    List<Column> second = new ArrayList<>();
    for (String name : customers.columns()) {
      second.add(
          name.equals(Columns.CUSTOMER_ID) ? secondId(number).as(name) : Columns.column(name));
    }
    second.addAll(identities.typedAgain(number));
    return own.unionAll(own.filter(isTwice(number)).select(second.toArray(Column[]::new)));
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
