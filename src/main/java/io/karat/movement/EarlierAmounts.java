package io.karat.movement;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Aliases;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Amounts of earlier nights under tonight's ids: those of a customer who has become an alias count
 * for the customer that the alias stands for, provided that this one has a row tonight.
 *
 * @param period the column of the period
 * @param then the column with the earlier row as a struct, in which the amounts are too
 * @param amounts the names of the amounts in that struct
 */
record EarlierAmounts(Money money, String period, String then, List<String> amounts) {
  /**
   * The column with the amounts, as a struct of {@link #amounts}; 0 for a customer who had none.
   */
  static final String BEFORE = "before";

  /** The column with the customer that an earlier one is an alias of; missing without aliases. */
  static final String OWNER = "owner";

  private static final String MERGED = "merged";

  /**
   * Joins tonight's customers with earlier ones, with the amounts of both.
   *
   * @param now tonight's customers, once for each period
   * @param earlier the customers of all earlier nights
   */
  Dataset<Row> joined(Dataset<Row> now, Dataset<Row> earlier, Optional<Aliases> aliases) {
    String[] keys = {Columns.CUSTOMER_ID, period};
    if (aliases.isEmpty()) {
      return now.join(earlier, keys, "full_outer").withColumn(BEFORE, own());
    }

    Dataset<Row> owned = withOwners(now, earlier, aliases.get());
    return now.join(owned, keys, "full_outer")
        .join(merged(owned), keys, "left")
        .withColumn(BEFORE, underTonightsId());
  }

  /** Adds to customers who are aliases now the customer of the alias, if it has a row tonight. */
  private Dataset<Row> withOwners(Dataset<Row> now, Dataset<Row> earlier, Aliases aliases) {
    Dataset<Row> present = now.select(col(Columns.CUSTOMER_ID).as(OWNER)).distinct();
    Dataset<Row> links =
        aliases.links().join(present, col(Aliases.TARGET).equalTo(col(OWNER))).drop(Aliases.TARGET);
    return earlier
        .join(links, col(Columns.CUSTOMER_ID).equalTo(col(Aliases.ALIAS)), "left")
        .drop(Aliases.ALIAS);
  }

  private Dataset<Row> merged(Dataset<Row> owned) {
    Column[] sums =
        amounts.stream()
            .map(name -> sum(col(then).getField(name)).cast(money.sumType()).as(name))
            .toArray(Column[]::new);
    return owned
        .filter(col(OWNER).isNotNull())
        .groupBy(col(OWNER).as(Columns.CUSTOMER_ID), col(period))
        .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
        .select(col(Columns.CUSTOMER_ID), col(period), fields(functions::col).as(MERGED));
  }

  private Column own() {
    return fields(name -> orNothing(col(then).getField(name)));
  }

  private Column underTonightsId() {
    return fields(
        name ->
            when(col(OWNER).isNotNull(), nothing())
                .otherwise(
                    orNothing(col(then).getField(name))
                        .plus(orNothing(col(MERGED).getField(name)))
                        .cast(money.sumType())));
  }

  private Column fields(Function<String, Column> amount) {
    return struct(amounts.stream().map(name -> amount.apply(name).as(name)).toArray(Column[]::new));
  }

  private Column orNothing(Column amount) {
    return coalesce(amount, nothing());
  }

  private Column nothing() {
    return lit(BigDecimal.ZERO).cast(money.sumType());
  }
}
