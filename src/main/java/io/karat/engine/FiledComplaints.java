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

/** Complaints of a customer, each a row of {@link #COLUMNS}. */
public final class FiledComplaints extends DerivedSums {
  private static final long serialVersionUID = 1L;

  /**
   * The day of the complaint, that of its resolution if it is resolved by the as-of day, and that
   * of the first sale after it, if there is one.
   */
  private static final StructType COLUMNS =
      new StructType()
          .add("day", DataTypes.DateType)
          .add("resolved_day", DataTypes.DateType)
          .add("sale_day", DataTypes.DateType);

  private final Place filed;
  private final ArrayList<Place> sales;
  private final int asOf;

  /**
   * Complaints of some periods.
   *
   * @param expressions what a complaint adds, selected from {@link #frame}
   * @param filed numbers of complaints with the day of the complaint and that of its resolution
   * @param sales numbers of sales by day; none if no sales are known
   */
  public FiledComplaints(
      EntryExpressions expressions, List<Span> periods, Place filed, List<Place> sales, int asOf) {
    super(expressions, periods);
    this.filed = filed;
    this.sales = new ArrayList<>(sales);
    this.asOf = asOf;
  }

  /** A frame without rows that has the columns of a complaint. */
  public static Dataset<Row> frame(SparkSession spark) {
    return EntryExpressions.frame(spark, COLUMNS);
  }

  @Override
  void addRows(Entry[][] ledgers) {
    List<AccountChanges.Change> complaints = changes(List.of(filed), ledgers);
    if (complaints.isEmpty()) {
      return;
    }

    NavigableSet<Integer> saleDays = new TreeSet<>();
    changes(sales, ledgers).forEach(sale -> saleDays.add(sale.day()));
    InternalRow columns = columns();
    for (AccountChanges.Change complaint : complaints) {
      boolean isResolved = complaint.dueDay() <= asOf;
      columns.setInt(0, complaint.day());
      set(columns, 1, isResolved ? Optional.of(complaint.dueDay()) : Optional.empty());
      set(columns, 2, Optional.ofNullable(saleDays.higher(complaint.day())));
      long number = complaint.amount().orElseThrow();
      for (long i = 0; i < number; i++) {
        add(complaint.day());
      }
    }
  }
}
