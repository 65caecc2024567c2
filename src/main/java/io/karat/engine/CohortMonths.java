package io.karat.engine;

import io.karat.ledger.Anchor;
import io.karat.ledger.Entry;
import io.karat.ledger.EntrySchema;
import io.karat.ledger.Fold;
import io.karat.ledger.MonthlySums;
import io.karat.ledger.Span;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.annotation.Nullable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Months of a customer from the first one with a sale on, each with its net sales. */
public final class CohortMonths implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The column of the months. */
  public static final String NAME = "_cohort_months";

  /** The number of the month of the first sale: 12 times the year plus the month. */
  public static final String COHORT = "cohort";

  /** The number of months since. */
  public static final String SINCE = "months_since";

  /** Whether there is a sale in the month. */
  public static final String HAS_SALE = "has_sale";

  /** Net sales above 2^32 minor units. */
  public static final String HIGH = "net_high";

  /** Net sales below 2^32 minor units. */
  public static final String LOW = "net_low";

  static final DataType TYPE =
      DataTypes.createArrayType(
          new StructType()
              .add(COHORT, DataTypes.IntegerType)
              .add(SINCE, DataTypes.IntegerType)
              .add(HAS_SALE, DataTypes.BooleanType)
              .add(HIGH, DataTypes.LongType)
              .add(LOW, DataTypes.LongType),
          false);

  private final int ledger;
  private final EntrySchema schema;
  private final int[] parts;
  private final int saleCount;
  private final int sales;
  private final int returns;
  private final int firstSale;
  private final int firstMonth;
  private transient @Nullable Walk walk;

  /**
   * Months of sales.
   *
   * @param ledger the number of the ledger
   * @param shape the shape of its days
   * @param saleCount the part that counts sales
   * @param sales the first of the two parts of their amount
   * @param returns the first of the two parts of what is returned
   * @param firstSale the part that is the day of the first sale
   * @param firstDay the first day that has an entry of its own: only months from that day on are
   *     given
   */
  public CohortMonths(
      int ledger,
      DayShape shape,
      int saleCount,
      int sales,
      int returns,
      int firstSale,
      int firstDay) {
    this.ledger = ledger;
    schema = shape.days();
    parts = new int[] {saleCount, sales, sales + 1, returns, returns + 1, firstSale};
    this.firstSale = schema.first(firstSale);
    firstMonth = firstDay == Span.BEGINNING ? Span.BEGINNING : Anchor.month(firstDay);
    this.saleCount = schema.first(saleCount);
    this.sales = schema.first(sales);
    this.returns = schema.first(returns);
  }

  /** The values of the periods of a customer, and the months, in one walk over its days. */
  Entry[] fold(Fold fold, Optional<byte[]> days) {
    Walk walk = walk();
    walk.begin();
    Entry[] sums = fold.of(days, walk.months::add);
    walk.months.end();
    return sums;
  }

  /** Whether it looks at a ledger. */
  boolean isOf(int number) {
    return ledger == number;
  }

  /** The months of the customer that was folded last. */
  GenericArrayData months() {
    return new GenericArrayData(walk().rows.toArray());
  }

  /** The walk of one task, made when it is needed first. */
  private Walk walk() {
    if (walk == null) {
      walk = new Walk();
    }
    return walk;
  }

  /** Walk over the months of one customer after the other. */
  private final class Walk {
    private final MonthlySums months = new MonthlySums(schema, parts, this::add);
    private final List<InternalRow> rows = new ArrayList<>();
    private OptionalInt cohort = OptionalInt.empty();

    void begin() {
      rows.clear();
      cohort = OptionalInt.empty();
    }

    /** Adds a month; what was before the first one has a month before it. */
    void add(Entry sum, int month) {
      if (cohort.isEmpty() && sum.isKnown(firstSale)) {
        cohort = OptionalInt.of(Anchor.month((int) sum.number(firstSale)));
      }
      if (cohort.isPresent() && month >= firstMonth) {
        rows.add(row(sum, month - cohort.getAsInt(), cohort.getAsInt()));
      }
    }
  }

  private InternalRow row(Entry sum, int since, int cohort) {
    return new GenericInternalRow(
        new Object[] {
          cohort,
          since,
          sum.number(saleCount) > 0,
          sum.number(sales) - sum.number(returns),
          sum.number(sales + 1) - sum.number(returns + 1)
        });
  }
}
