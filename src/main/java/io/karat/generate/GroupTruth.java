package io.karat.generate;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Truth about groups: the topmost customer of each one who has a parent. */
record GroupTruth(Population population) {
  private static final int CUSTOMERS_PER_FILE = 1_000_000;

  /** Few customers have a parent, so that no chain of a firm of any size is longer. */
  private static final int MOST_LEVELS = 20;

  /** One row per customer with a parent: {@code customer_id}, group_id, group_level. */
  Dataset<Row> rows(SparkSession spark) {
    Column customer = col("customer_no");
    CustomerGenerator customers = new CustomerGenerator(population);
    Column top =
        aggregate(
            sequence(lit(2), lit(MOST_LEVELS)),
            place(customer, lit(1)),
            (below, level) -> {
              Column parent = customers.parentOf(below.getField("customer_no"));
              return when(parent.isNotNull(), place(parent, level)).otherwise(below);
            });
    return population
        .numbers(spark, CUSTOMERS_PER_FILE)
        .select(customer, top.as("top"))
        .filter("top.level > 1")
        .select(
            population.idOf(customer).as(Columns.CUSTOMER_ID),
            population.idOf(col("top.customer_no")).as("group_id"),
            col("top.level").as("group_level"));
  }

  private static Column place(Column customer, Column level) {
    return struct(customer.cast("bigint").as("customer_no"), level.as("level"));
  }
}
