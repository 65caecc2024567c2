package io.karat.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import io.karat.measures.RowCountColumns;
import io.karat.quality.CustomerOverlap;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Checks.Severity;
import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Customers that an input shares with the leading one, counted where the rows of customers are
 * added up.
 *
 * @param max the largest share of customers without a counterpart that is usual
 */
record SharedCustomers(InputTable input, InputTable leading, BigDecimal max) {

  /**
   * What an input shares with the leading one; nothing where that is not looked at. Opportunities
   * may all be of customers who never bought.
   *
   * @param read the inputs that are read
   */
  static Optional<SharedCustomers> of(InputTable input, Set<InputTable> read, NightPlan plan) {
    Limit limit = plan.settings().checks().unmatchedCustomers();
    InputTable leading = plan.settings().inputs().leading();
    boolean isShared =
        switch (input) {
          case TRANSACTIONS, PAYMENTS, CONTACTS, CUSTOMERS -> input != leading;
          case OPPORTUNITIES, ALIASES, MARKETS -> false;
        };
    return isShared && read.contains(leading) && limit.severity() != Severity.OFF
        ? Optional.of(new SharedCustomers(input, leading, limit.max()))
        : Optional.empty();
  }

  /** The number of customers of the input, and of those that the leading one has too. */
  List<Column> counts() {
    return List.of(
        count_if(isOf(input)).as(name("customers")),
        count_if(isOf(leading)).as(name("leading_customers")),
        count_if(isOf(input).and(isOf(leading))).as(name("both")));
  }

  /**
   * The overlap.
   *
   * @param totals a row with {@link #counts}
   * @param customers the rows of customers, from which ids are taken where few are shared
   */
  CustomerOverlap of(Row totals, Dataset<Row> customers) {
    CustomerOverlap overlap =
        new CustomerOverlap(
            input.tableName(),
            leading.tableName(),
            totals.<Long>getAs(name("customers")),
            totals.<Long>getAs(name("leading_customers")),
            totals.<Long>getAs(name("both")),
            "",
            "");
    return overlap.isBelow(max)
        ? overlap.with(
            form(customers, isOf(input), isOf(leading)),
            form(customers, isOf(leading), isOf(input)))
        : overlap;
  }

  private static String form(Dataset<Row> customers, Column isHere, Column isThere) {
    return Optional.ofNullable(
            customers
                .filter(isHere.and(not(isThere)))
                .agg(min(Columns.CUSTOMER_ID))
                .first()
                .getString(0))
        .map(CustomerOverlap::formOf)
        .orElse("");
  }

  private String name(String what) {
    return "shared_%s_%s".formatted(input.tableName(), what);
  }

  private static Column isOf(InputTable table) {
    return col(new RowCountColumns(table).usedRows()).gt(0);
  }
}
