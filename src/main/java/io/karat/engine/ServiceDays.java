package io.karat.engine;

import io.karat.ledger.AccountChanges;
import io.karat.ledger.Entry;
import io.karat.ledger.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Days on which contacts with a customer cost something, each a row of {@link #COLUMNS}. */
public final class ServiceDays extends DerivedSums {
  private static final long serialVersionUID = 1L;

  /** The day, its cost in minor units, and the day of the first sale after it, if there is one. */
  private static final StructType COLUMNS =
      new StructType()
          .add("day", DataTypes.DateType)
          .add("cost", DataTypes.LongType)
          .add("sale_day", DataTypes.DateType);

  private final Place costs;
  private final ArrayList<Place> sales;

  /**
   * Days of some periods.
   *
   * @param expressions what a day adds, selected from {@link #frame}
   * @param costs costs by day
   * @param sales numbers of sales by day; none if no sales are known
   */
  public ServiceDays(
      EntryExpressions expressions, List<Span> periods, Place costs, List<Place> sales) {
    super(expressions, periods);
    this.costs = costs;
    this.sales = new ArrayList<>(sales);
  }

  /** A frame without rows that has the columns of a day. */
  public static Dataset<Row> frame(SparkSession spark) {
    return EntryExpressions.frame(spark, COLUMNS);
  }

  @Override
  void addRows(Entry[][] ledgers) {
    List<AccountChanges.Change> days = changes(List.of(costs), ledgers);
    if (days.isEmpty()) {
      return;
    }

    NavigableSet<Integer> saleDays = new TreeSet<>();
    changes(sales, ledgers).forEach(sale -> saleDays.add(sale.day()));
    InternalRow columns = columns();
    for (AccountChanges.Change day : days) {
      columns.setInt(0, day.day());
      set(columns, 1, day.amount());
      set(columns, 2, Optional.ofNullable(saleDays.higher(day.day())));
      add(day.day());
    }
  }
}
