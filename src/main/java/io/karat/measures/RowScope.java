package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.karat.input.Aliases;
import io.karat.input.UnitPrices;
import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The names that a measure per row may use: the mapped columns of the input. */
final class RowScope {
  private static final String DAY = "day";

  /** Technical columns, which no expression may name. */
  private static final Set<String> BESIDE =
      Set.of(
          Columns.CUSTOMER_ID,
          "outcome",
          DAY,
          ReturnDays.OWN_DAY,
          "is_duplicate",
          Aliases.MEMBER,
          "surplus_decimals",
          "rounding");

  private RowScope() {}

  static ExpressionScope of(InputTable input, Dataset<Row> rows, Money money, Period asOf) {
    ExpressionScope.Builder words =
        input == InputTable.CUSTOMERS ? ExpressionScope.of(money) : ExpressionScope.ofDay(money);
    Arrays.stream(rows.columns())
        .filter(name -> !BESIDE.contains(name))
        .forEach(
            name -> {
              if (money(input).contains(name)) {
                words.money(name, value(name, input, rows));
              } else {
                words.plain(name, value(name, input, rows));
              }
            });
    if (input == InputTable.TRANSACTIONS) {
      Column isReturn = col("type").equalTo("RETURN");
      words.money("net_amount", when(isReturn, negate(col("amount"))).otherwise(col("amount")));
    }
    if (input == InputTable.OPPORTUNITIES) {
      words.plain("is_open", isOpen(rows, asOf));
    }
    return words.build();
  }

  /** Of a group that counts as one customer, only the topmost member has characteristics. */
  private static Column value(String name, InputTable input, Dataset<Row> rows) {
    boolean isOfMembers =
        input == InputTable.CUSTOMERS && Arrays.asList(rows.columns()).contains(Aliases.MEMBER);
    return isOfMembers
        ? when(col(Aliases.MEMBER).equalTo(col(Columns.CUSTOMER_ID)), col(name))
        : col(name);
  }

  private static Set<String> money(InputTable input) {
    return input == InputTable.CUSTOMERS
        ? Set.of("opening_balance")
        : Set.of("amount", "cost", "discount", UnitPrices.USUAL);
  }

  /** Until the day on which it is closed; without one, unless it is won already. */
  private static Column isOpen(Dataset<Row> opportunities, Period asOf) {
    List<String> mapped = Arrays.asList(opportunities.columns());
    Column isNotWon =
        mapped.contains("is_won") ? not(coalesce(col("is_won"), lit(false))) : lit(true);
    return mapped.contains("closed_date")
        ? coalesce(col("closed_date").gt(lit(asOf.to())), isNotWon)
        : isNotWon;
  }
}
