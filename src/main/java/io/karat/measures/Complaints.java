package io.karat.measures;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.DerivedEntries.Place;
import io.karat.engine.FiledComplaints;
import io.karat.ledger.AccountChanges;
import io.karat.ledger.Merge;
import io.karat.settings.InputTable;
import io.karat.settings.MeasureSource;
import io.karat.tables.Money;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Complaints of customers, one row each, which belongs to the day of the complaint: when it was
 * resolved, and when the customer bought again, both up to the as-of day. A sale of the same day is
 * none after it.
 */
final class Complaints {
  /** The name under which a ledger keeps complaints with the days of their resolution. */
  static final String FILED = "_complaints";

  /** The name under which a ledger keeps the days of sales. */
  static final String SALE_DAYS = "_sale_days";

  private static final String DAY = "day";
  private static final String RESOLVED = "resolved_time";
  private static final String RESOLVED_DAY = "resolved_day";

  private final Money money;
  private final Period asOf;
  private final List<Measure.Use> uses;

  /**
   * Measures of complaints.
   *
   * @param uses measures and their periods; only those of {@link MeasureSource#COMPLAINTS} are used
   */
  Complaints(Money money, List<Measure.Use> uses, Period asOf) {
    this.money = money;
    this.asOf = asOf;
    this.uses = DerivedMeasures.uses(MeasureSource.COMPLAINTS, uses);
  }

  /**
   * The complaint that a row of contacts is. What is resolved before it was filed is resolved on
   * that day.
   */
  static Optional<CompiledMeasure> filed(InputTable table, Dataset<Row> rows, Column isUsed) {
    Column isComplaint = col("type").equalTo("COMPLAINT").and(isUsed);
    return table == InputTable.CONTACTS
        ? Optional.of(gathered(FILED, isComplaint, resolved(rows), lit(1L)))
        : Optional.empty();
  }

  /** The sale that a row of transactions is. */
  static Optional<CompiledMeasure> saleDays(InputTable table, Column isUsed) {
    Column isSale = col("type").equalTo("SALE").and(isUsed);
    return table == InputTable.TRANSACTIONS
        ? Optional.of(gathered(SALE_DAYS, isSale, unix_date(col(DAY)), lit(1L)))
        : Optional.empty();
  }

  private static Column resolved(Dataset<Row> rows) {
    Column never = lit(AccountChanges.NEVER);
    return Arrays.asList(rows.columns()).contains(RESOLVED)
        ? when(col(RESOLVED).isNull(), never)
            .otherwise(unix_date(greatest(col(DAY), col(RESOLVED))))
        : never;
  }

  /** An amount or a number of a day, gathered with another day. */
  static CompiledMeasure gathered(String name, Column isOne, Column otherDay, Column amount) {
    Column one = struct(unix_date(col(DAY)).as(DAY), otherDay.as("other_day"), amount.as("amount"));
    return CompiledMeasure.of(name, when(isOne, one), new PartialAggregate.Gathered(Merge.ACCOUNT));
  }

  /**
   * What is measured of complaints.
   *
   * @param filed the place of the complaints
   * @param sales the place of the days of sales; none if no sales are known
   */
  DerivedMeasures measures(SparkSession spark, Place filed, List<Place> sales) {
    Dataset<Row> complaints = FiledComplaints.frame(spark);
    int last = (int) asOf.to().toEpochDay();
    return DerivedMeasures.ofDays(
        uses,
        complaints,
        scope(),
        money,
        asOf,
        (sums, periods) -> new FiledComplaints(sums, periods, filed, sales, last));
  }

  private ExpressionScope scope() {
    return ExpressionScope.ofDay(money)
        .wholeNumber("days_to_resolve", datediff(col(RESOLVED_DAY), col(DAY)))
        .wholeNumber("days_to_sale", datediff(col("sale_day"), col(DAY)))
        .plain("is_resolved", col(RESOLVED_DAY).isNotNull())
        .build();
  }
}
