package io.karat.movement;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Aliases;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Lifetime amounts of tonight, to be compared with those of an earlier night. If an id was an alias
 * then and is a customer of its own now, its amount counts for the customer whose alias it was, as
 * that customer's earlier amount includes it.
 *
 * @param period the column of the period
 * @param amount the amount in tonight's row
 */
record ReturnedAmounts(Money money, String period, Column amount) {
  /** The column with the amount; null for a customer without a row tonight. */
  static final String AFTER = "after";

  private static final String OWNER = "former_owner";
  private static final String RETURNED = "returned";

  /**
   * Adds the amounts to customers.
   *
   * @param customers one row per customer and period, with tonight's rows
   * @param now tonight's customers, once for each period
   */
  Dataset<Row> added(
      Dataset<Row> customers,
      Dataset<Row> now,
      Optional<Aliases> aliases,
      List<ComparedNight> nights) {
    Optional<KeptAliases> tonight =
        aliases.isEmpty() ? Optional.of(KeptAliases.NONE) : aliases.flatMap(KeptAliases::of);
    List<Row> links = tonight.map(it -> links(it, nights)).orElse(List.of());
    if (links.isEmpty()) {
      return customers.withColumn(AFTER, amount);
    }

    String[] keys = {Columns.CUSTOMER_ID, period};
    StructType columns =
        new StructType()
            .add(Columns.CUSTOMER_ID, DataTypes.StringType)
            .add(period, DataTypes.IntegerType)
            .add(OWNER, DataTypes.StringType);
    Dataset<Row> former = broadcast(now.sparkSession().createDataFrame(links, columns));
    Dataset<Row> returned =
        now.join(former, keys)
            .groupBy(col(OWNER).as(Columns.CUSTOMER_ID), col(period))
            .agg(sum(amount).cast(money.sumType()).as(RETURNED));
    return customers
        .join(former, keys, "left")
        .join(returned, keys, "left")
        .withColumn(AFTER, underFormerId());
  }

  private static List<Row> links(KeptAliases tonight, List<ComparedNight> nights) {
    List<Row> links = new ArrayList<>();
    for (ComparedNight night : nights) {
      night
          .aliases()
          .without(tonight)
          .forEach(
              (alias, owner) -> links.add(RowFactory.create(alias, night.periodDays(), owner)));
    }
    return links;
  }

  private Column underFormerId() {
    Column nothing = lit(BigDecimal.ZERO).cast(money.sumType());
    return when(col(OWNER).isNotNull(), nothing)
        .otherwise(amount.plus(coalesce(col(RETURNED), nothing)).cast(money.sumType()));
  }
}
