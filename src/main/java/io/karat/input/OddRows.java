package io.karat.input;

import static io.karat.input.ValidatedRows.DAY;
import static io.karat.input.ValidatedRows.TYPE;
import static org.apache.spark.sql.functions.col;

import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows that are used as they are, though something in them looks wrong, by what it is. They are
 * counted beside the values that cannot be read, under names that no column has.
 *
 * @param exchanged the rows, with the columns that anything is computed from
 */
record OddRows(InputTable table, Dataset<Row> exchanged) {
  private static final String PREFIX = "odd ";

  /** Words in the place of a customer, as programs write them below the rows that they add up. */
  private static final List<String> WORDS_OF_SUMS =
      List.of(
          "total",
          "Total",
          "TOTAL",
          "totals",
          "Totals",
          "TOTALS",
          "grand total",
          "Grand total",
          "Grand Total",
          "GRAND TOTAL",
          "subtotal",
          "Subtotal",
          "SUBTOTAL",
          "sum",
          "Sum",
          "SUM",
          "summe",
          "Summe",
          "SUMME",
          "gesamt",
          "Gesamt",
          "GESAMT",
          "合计",
          "总计",
          "小计");

  /** True for the rows of each kind that this input may have. */
  Map<String, Column> conditions() {
    Map<String, Column> conditions = new LinkedHashMap<>();
    Column isSale = col(TYPE).equalTo("SALE");
    switch (table) {
      case TRANSACTIONS -> {
        put(conditions, "sum", Columns.CUSTOMER_ID, isSum());
        put(conditions, "due_date", "due_date", col("due_date").lt(col(DAY)));
        put(
            conditions,
            "sale_date",
            "sale_date",
            col(TYPE).equalTo("RETURN").and(col("sale_date").gt(col(DAY))));
        put(
            conditions,
            "quantity",
            "quantity",
            isSale.and(col("quantity").lt(0)).and(col("amount").gt(0)));
        put(conditions, "discount", "discount", isSale.and(col("discount").lt(0)));
      }
      case PAYMENTS -> put(conditions, "sum", Columns.CUSTOMER_ID, isSum());
      case CONTACTS ->
          put(conditions, "resolved_time", "resolved_time", col("resolved_time").lt(col(DAY)));
      case OPPORTUNITIES ->
          put(conditions, "closed_date", "closed_date", col("closed_date").lt(col(DAY)));
      case CUSTOMERS, ALIASES, MARKETS -> {}
    }
    return conditions;
  }

  private static Column isSum() {
    return col(Columns.CUSTOMER_ID).isin(WORDS_OF_SUMS.toArray());
  }

  private void put(Map<String, Column> conditions, String what, String needed, Column condition) {
    if (List.of(exchanged.columns()).contains(needed)) {
      conditions.put(PREFIX + what, condition);
    }
  }

  /** Whether a name is one of these. */
  static boolean isOne(String name) {
    return name.startsWith(PREFIX);
  }

  /** What is odd about the rows of a name. */
  static String what(String name) {
    return name.substring(PREFIX.length());
  }
}
