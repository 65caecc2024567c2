package io.karat.measures;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.CustomerDays;
import io.karat.engine.DayShape;
import io.karat.engine.EntryExpressions;
import io.karat.engine.SlotTypes;
import io.karat.ledger.Merge;
import io.karat.settings.MeasureSettings.Per;
import io.karat.tables.Columns;
import io.karat.tables.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The measures of an input. Its rows are put together into the days of each customer, one binary,
 * which is folded into all periods in one walk.
 *
 * <p>What a row, a transaction or a day adds is an expression of Spark, as users write them; the
 * ledger only merges.
 */
final class EventMeasures {
  private static final String DAY = "day";
  private static final String USED = "_used_rows";
  private static final String IS_USED = "is_used";

  /** The customer and the day, before the slots. */
  private static final int KEYS = 2;

  private static final List<String> TRANSACTION = List.of("transaction_id", "type");

  private final DayScope words;
  private final Money money;
  private final List<Measure.Use> uses;
  private final Period asOf;

  /**
   * Measures of events.
   *
   * @param uses the measures and their periods
   */
  EventMeasures(DayScope words, Money money, List<Measure.Use> uses, Period asOf) {
    this.words = words;
    this.money = money;
    this.uses = uses;
    this.asOf = asOf;
  }

  /**
   * The ledger of rows.
   *
   * @param day the day of a row
   */
  InputLedger ofRows(MeasuredRows units, Column day) {
    LedgerParts carried = LedgerParts.shared(joined(units.tally(), units.measures()));
    LedgerParts sums = LedgerParts.apart(sumsOfDay(units.isUsed()));
    Days days = days(units.rows().sparkSession(), sums);
    Dataset<Row> contributing =
        contributing(units.rows(), day, joined(carried.contributions(), sums.contributions()));
    SlotTypes types = types(contributing, joined(carried.merges(), sums.merges()));
    DayShape shape = DayShape.of(types, carried.size(), days.expressions());
    Places places = new Places();
    units.tally().forEach(it -> places.addTally(it, carried.first(it)));
    units.measures().forEach(it -> places.add(it, carried.first(it)));
    days.measures().forEach(it -> places.add(it, carried.size() + days.first(it)));
    return ledger(contributing, shape, places);
  }

  /** The ledger of lines, which are put together into transactions first. */
  InputLedger ofLines(MeasuredLines lines) {
    SparkSession spark = lines.rows().sparkSession();
    LedgerParts ofLines = LedgerParts.shared(lines.measures());
    LedgerParts sums = LedgerParts.apart(lines.sums());
    List<Column> columns = new ArrayList<>(ofLines.contributions());
    TRANSACTION.forEach(name -> columns.add(col(name)));
    columns.addAll(sums.contributions());
    Dataset<Row> contributing = contributing(lines.rows(), col(DAY), columns);
    List<Merge> keys = TRANSACTION.stream().map(name -> Merge.GREATEST).toList();
    SlotTypes types = types(contributing, joined(joined(ofLines.merges(), keys), sums.merges()));

    MeasuredRows units =
        lines
            .transactions()
            .apply(frame(spark, joined(TRANSACTION, sums.names()), contributing.schema()));
    LedgerParts ofUnits = LedgerParts.shared(joined(units.tally(), units.measures()));
    LedgerParts sumsOfDay = LedgerParts.apart(sumsOfDay(units.isUsed()));
    Days days = days(spark, sumsOfDay);
    List<Column> computed =
        new ArrayList<>(joined(ofUnits.contributions(), sumsOfDay.contributions()));
    computed.add(units.isUsed().as(IS_USED));
    EntryExpressions ofTransactions =
        EntryExpressions.of(
            LedgerParts.lenient(units.rows(), computed),
            joined(joined(ofUnits.merges(), sumsOfDay.merges()), List.of(Merge.GREATEST)));
    DayShape shape =
        DayShape.ofLines(types, ofLines.size(), ofTransactions, ofUnits.size(), days.expressions());

    int first = ofLines.size();
    Places places = new Places();
    lines.measures().forEach(it -> places.add(it, ofLines.first(it)));
    units.tally().forEach(it -> places.addTally(it, first + ofUnits.first(it)));
    units.measures().forEach(it -> places.add(it, first + ofUnits.first(it)));
    int carried = first + ofUnits.size();
    days.measures().forEach(it -> places.add(it, carried + days.first(it)));
    return ledger(contributing, shape, places);
  }

  /** The sums of a day that the words of its measures are made of. */
  private List<CompiledMeasure> sumsOfDay(Column isUsed) {
    if (perDay().isEmpty()) {
      return List.of();
    }

    List<CompiledMeasure> sums = new ArrayList<>(words.contributions(isUsed));
    sums.add(CompiledMeasure.of(USED, when(isUsed, lit(1)), new PartialAggregate.Count()));
    return sums;
  }

  private List<Measure> perDay() {
    return uses.stream()
        .map(Measure.Use::measure)
        .filter(measure -> measure.per() == Per.DAY)
        .distinct()
        .toList();
  }

  /** The measures per day. */
  private Days days(SparkSession spark, LedgerParts sums) {
    if (perDay().isEmpty()) {
      return new Days(List.of(), LedgerParts.shared(List.of()), EntryExpressions.none());
    }

    StructType wholeNumbers = new StructType();
    for (String name : sums.names()) {
      wholeNumbers = wholeNumbers.add(name, DataTypes.LongType);
    }
    Dataset<Row> days = frame(spark, sums.names(), wholeNumbers);
    Column isUsed = coalesce(col(USED + "__0"), lit(0L)).gt(0);
    List<CompiledMeasure> measures =
        perDay().stream()
            .map(measure -> CompiledMeasure.of(measure, days, words.words(), money, isUsed))
            .toList();
    LedgerParts parts = LedgerParts.shared(measures);
    return new Days(measures, parts, parts.of(days));
  }

  /** A frame without rows that has a day and some columns. */
  private static Dataset<Row> frame(SparkSession spark, List<String> names, StructType types) {
    StructType columns = new StructType().add(DAY, DataTypes.DateType);
    for (String name : names) {
      columns = columns.add(name, types.apply(name).dataType());
    }
    return EntryExpressions.frame(spark, columns);
  }

  private static Dataset<Row> contributing(
      Dataset<Row> rows, Column day, List<Column> contributions) {
    List<Column> keys = List.of(col(Columns.CUSTOMER_ID), day.as(DAY));
    return LedgerParts.lenient(rows, joined(keys, contributions));
  }

  private static SlotTypes types(Dataset<Row> contributing, List<Merge> merges) {
    List<DataType> types =
        Stream.of(contributing.schema().fields()).skip(KEYS).map(StructField::dataType).toList();
    return SlotTypes.of(types, merges);
  }

  private InputLedger ledger(Dataset<Row> contributing, DayShape shape, Places places) {
    List<Column> values = Stream.of(contributing.columns()).skip(KEYS).map(functions::col).toList();
    String column = EarlierDays.column(words.table().tableName());
    Dataset<Row> customers =
        contributing
            .groupBy(Columns.CUSTOMER_ID)
            .agg(CustomerDays.of(col(DAY), values, shape).as(column));
    return new InputLedger(
        column,
        customers,
        shape,
        new LedgerMeasures(places.measures, asOf),
        places.parts,
        shape.text(contributing));
  }

  /** Places of measures among the parts of a day. */
  private final class Places {
    private final List<PeriodMeasure> measures = new ArrayList<>();
    private final Map<String, Integer> parts = new HashMap<>();

    void addTally(CompiledMeasure measure, int first) {
      measures.add(measure.over(asOf, measure.name(), first));
    }

    void add(CompiledMeasure measure, int first) {
      parts.put(measure.name(), first);
      uses.stream()
          .filter(use -> use.measure().name().equals(measure.name()))
          .forEach(use -> measures.add(measure.over(use.period(), use.column(), first)));
    }
  }

  /** Measures per day, and the expressions that compute their parts. */
  private record Days(
      List<CompiledMeasure> measures, LedgerParts parts, EntryExpressions expressions) {
    int first(CompiledMeasure measure) {
      return parts.first(measure);
    }
  }

  private static <T> List<T> joined(List<? extends T> some, List<? extends T> more) {
    return Stream.<T>concat(some.stream(), more.stream()).toList();
  }
}
