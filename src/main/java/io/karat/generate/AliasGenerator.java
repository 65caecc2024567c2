package io.karat.generate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.inline;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.karat.tables.Columns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Alternative ids of one customer in a hundred, such as A0000123, under which some of its purchases
 * are booked; one in five of those has an alias of the alias, such as B0000123.
 */
record AliasGenerator(Population population) {
  static final double ALIASED_SHARE = 0.01;
  private static final double CHAINED_SHARE = 0.2;
  private static final int CUSTOMERS_PER_FILE = 1_000_000;

  /** One row per alias: alias_id, customer_id. */
  Dataset<Row> rows(SparkSession spark) {
    Column customer = col("customer_no");
    Column direct = link(alias(customer), population.idOf(customer));
    Column indirect = link(aliasOfAlias(customer), alias(customer));
    return population
        .numbers(spark, CUSTOMERS_PER_FILE)
        .where(isAliased(customer))
        .select(
            inline(when(isChained(customer), array(direct, indirect)).otherwise(array(direct))));
  }

  /**
   * The id that a purchase is booked under: for a third of an aliased customer's purchases an
   * alias.
   */
  Column idOnPurchase(Column customer, Column purchase) {
    Column isUnderAlias =
        isAliased(customer)
            .and(population.chance().happens(1 / 3.0, "bought under alias", customer, purchase));
    Column isIndirect =
        isChained(customer)
            .and(population.chance().happens(0.5, "alias of alias", customer, purchase));
    return when(isUnderAlias.and(isIndirect), aliasOfAlias(customer))
        .when(isUnderAlias, alias(customer))
        .otherwise(population.idOf(customer));
  }

  /** Another id of the same customer; null if it has no other. */
  Column otherId(Column id) {
    Column customer = population.numberOf(id);
    Column isOwn = id.equalTo(population.idOf(customer));
    return when(
        isAliased(customer), when(isOwn, alias(customer)).otherwise(population.idOf(customer)));
  }

  private Column isAliased(Column customer) {
    return population.chance().happens(ALIASED_SHARE, "alias", customer);
  }

  private Column isChained(Column customer) {
    return population.chance().happens(CHAINED_SHARE, "alias chain", customer);
  }

  private Column alias(Column customer) {
    return population.idOf("A", customer);
  }

  private Column aliasOfAlias(Column customer) {
    return population.idOf("B", customer);
  }

  private static Column link(Column alias, Column customerId) {
    return struct(alias.as("alias_id"), customerId.as(Columns.CUSTOMER_ID));
  }
}
