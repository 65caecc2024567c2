package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * The names that a measure per day may use: counts and sums of the day's rows, by kind.
 *
 * @param kinds the kinds of rows that are counted separately
 */
record DayScope(MeasureSource table, Money money, List<Kind> kinds) {
  /** The prefix of the columns of partial aggregates; no configured measure begins with "_". */
  private static final String PART = "_day_word_";

  /**
   * A kind of rows.
   *
   * @param count the name of their number
   * @param amount the name of the sum of their amounts; empty if they have none
   * @param type the type of the rows; empty for all
   */
  private record Kind(String count, String amount, String type) {
    Column isIt() {
      return type.isEmpty() ? lit(true) : col("type").equalTo(type);
    }

    boolean hasAmount() {
      return !amount.isEmpty();
    }
  }

  DayScope {
    kinds = List.copyOf(kinds);
  }

  static DayScope of(MeasureSource table, Money money) {
    return new DayScope(
        table,
        money,
        switch (table) {
          case TRANSACTIONS ->
              List.of(
                  new Kind("sale_count", "sales_amount", "SALE"),
                  new Kind("return_count", "return_amount", "RETURN"));
          case PAYMENTS ->
              List.of(
                  new Kind("payment_count", "payment_amount", "PAYMENT"),
                  new Kind("refund_count", "refund_amount", "REFUND"));
          case CONTACTS -> List.of(new Kind("contact_count", "", ""));
          case CUSTOMERS, OPPORTUNITIES, RECEIVABLES, INVOICES, COMPLAINTS, SERVICES -> List.of();
        });
  }

  /** The measures that add a used row to its day, one per name. */
  List<CompiledMeasure> contributions(Column isUsed) {
    List<CompiledMeasure> contributions = new ArrayList<>();
    for (Kind kind : kinds) {
      Column counts = isUsed.and(kind.isIt());
      contributions.add(
          CompiledMeasure.of(
              PART + kind.count(), when(counts, lit(1)), new PartialAggregate.Count()));
      if (kind.hasAmount()) {
        contributions.add(
            CompiledMeasure.of(
                PART + kind.amount(),
                when(counts, col("amount")),
                new PartialAggregate.MoneySum(money)));
      }
    }
    return contributions;
  }

  /** The condition for a row to be counted under a name. */
  Column counted(String word, Column isUsed) {
    return kinds.stream()
        .filter(kind -> kind.count().equalsIgnoreCase(word))
        .map(kind -> isUsed.and(kind.isIt()))
        .findFirst()
        .orElseThrow();
  }

  boolean counts(String word) {
    return kinds.stream().anyMatch(kind -> kind.count().equalsIgnoreCase(word));
  }

  /** The names and their columns, computed from the partial aggregates of a day. */
  ExpressionScope words() {
    ExpressionScope.Builder words = ExpressionScope.ofDay(money);
    for (Kind kind : kinds) {
      words.wholeNumber(kind.count(), coalesce(col(PART + kind.count() + "__0"), lit(0L)));
      if (kind.hasAmount()) {
        words.money(kind.amount(), minorUnits(kind.amount()));
      }
    }
    if (kinds.stream().anyMatch(kind -> kind.amount().equals("sales_amount"))) {
      words.money(
          "net_sales_amount", minorUnits("sales_amount").minus(minorUnits("return_amount")));
    }
    return words.build();
  }

  private static Column minorUnits(String name) {
    return Money.minorUnitsOf(
        coalesce(col(PART + name + "__0"), lit(0L)), coalesce(col(PART + name + "__1"), lit(0L)));
  }
}
