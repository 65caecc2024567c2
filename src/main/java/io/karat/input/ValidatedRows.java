package io.karat.input;

import static io.karat.input.QuarantineReason.ANCIENT_DATE;
import static io.karat.input.QuarantineReason.INVALID_PROBABILITY;
import static io.karat.input.QuarantineReason.MISSING_CUSTOMER;
import static io.karat.input.QuarantineReason.MISSING_MARKET;
import static io.karat.input.QuarantineReason.NEGATIVE_AMOUNT;
import static io.karat.input.QuarantineReason.NEGATIVE_COST;
import static io.karat.input.QuarantineReason.UNKNOWN_TYPE;
import static io.karat.input.QuarantineReason.UNREADABLE_ROW;
import static io.karat.input.QuarantineReason.UNREADABLE_TEXT;
import static io.karat.input.QuarantineReason.UNREADABLE_TIME;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.KeyText;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;

/**
 * Validated rows: source rows in our columns, each with its {@link RowOutcome}; one row per source
 * row.
 *
 * <p>Columns: {@code outcome}, {@code customer_id}, {@code day}, {@code type}, the amount and other
 * money in minor units, {@code surplus_decimals}, {@code rounding}, and every other mapped column.
 * A value that cannot be read is null.
 */
final class ValidatedRows {
  static final String OUTCOME = "outcome";
  static final String DAY = "day";
  static final String TYPE = "type";
  static final String SURPLUS_DECIMALS = "surplus_decimals";
  static final String ROUNDING = "rounding";
  static final String PREFER = "prefer";

  static final String COST = "cost";
  private static final String RETURN = "RETURN";

  static final String IS_OWN_ID = "is_own_id";

  private final MappedRows mapped;
  private final InputMapping mapping;
  private final InputSchema table;
  private final OptionalValues values;
  private final LocalDate asOf;

  ValidatedRows(MappedRows mapped, LocalDate asOf) {
    this.mapped = mapped;
    this.mapping = mapped.mapping();
    this.table = mapping.table();
    this.values = new OptionalValues(mapped);
    this.asOf = asOf;
  }

  /** The validated rows, with the given columns of {@link MappedRows#rows} beside ours. */
  Dataset<Row> rows(List<String> kept) {
    List<Column> columns = new ArrayList<>();
    columns.add(outcome().as(OUTCOME));
    columns.add(customer().as(Columns.CUSTOMER_ID));
    columns.add(day().as(DAY));
    table.time().ifPresent(time -> columns.add(instant(time).as(time)));
    if (table.hasTypes()) {
      columns.add(type().as(TYPE));
    }
    moneyColumns().forEach((name, amount) -> columns.add(amount.minorUnits().as(name)));
    columns.add(amountOr(ExactAmount::surplusDecimals).as(SURPLUS_DECIMALS));
    columns.add(amountOr(ExactAmount::rounding).as(ROUNDING));
    table
        .otherColumns()
        .forEach(
            (name, type) -> {
              if (mapping.maps(name)) {
                columns.add(values.of(name, type).as(name));
              }
            });
    columns.addAll(values.unreadable());
    unmatchedColumn().forEach(name -> columns.add(col(name)));
    kept.forEach(name -> columns.add(col(name)));
    return mapped.rows().select(columns.toArray(Column[]::new));
  }

  /** The column of surplus decimals or of rounding, if it can hold anything but null. */
  Stream<String> extraColumns() {
    return table.amountColumn().map(this::amount).stream()
        .filter(amount -> !amount.isAlwaysInScale())
        .map(amount -> mapping.isRounded() ? ROUNDING : SURPLUS_DECIMALS);
  }

  /** The column that says which tables had no row for one of the input's, if any is joined. */
  Stream<String> unmatchedColumn() {
    return mapped.hasJoins() ? Stream.of(JoinedSource.UNMATCHED) : Stream.empty();
  }

  /** The values of optional columns. */
  OptionalValues values() {
    return values;
  }

  /** The columns of money that are doubles in the source. */
  List<String> inexactMoney() {
    return moneyColumns().keySet().stream()
        .filter(
            name ->
                mapped.type(name) instanceof DoubleType || mapped.type(name) instanceof FloatType)
        .toList();
  }

  private Column outcome() {
    List<Column> outcomes = new ArrayList<>();
    outcomes.add(when(mapped.isMalformed(), lit(UNREADABLE_ROW.code())));
    outcomes.add(when(not(mapped.isIncluded()), lit(RowOutcome.EXCLUDED)));
    outcomes.add(when(values.isGarbled(), lit(UNREADABLE_TEXT.code())));
    outcomes.add(when(isNameless(), lit(nameless().code())));
    table.time().ifPresent(it -> outcomes.add(when(day().isNull(), lit(UNREADABLE_TIME.code()))));
    outcomes.add(amountRefusal());
    if (table.otherColumns().containsKey("probability")) {
      outcomes.add(
          when(
              values.of("probability", ColumnType.PROBABILITY).isNull(),
              lit(INVALID_PROBABILITY.code())));
    }
    if (table.hasTypes()) {
      outcomes.add(when(type().isNull(), lit(UNKNOWN_TYPE.code())));
    }
    table.time().ifPresent(it -> outcomes.add(whenTimeIsWrong()));
    table
        .since()
        .filter(mapping::maps)
        .ifPresent(
            since ->
                outcomes.add(
                    when(
                        values.of(since, ColumnType.DATE).gt(lit(asOf)),
                        lit(RowOutcome.AFTER_AS_OF))));
    outcomes.add(lit(RowOutcome.CANDIDATE));
    return coalesce(outcomes.toArray(Column[]::new));
  }

  private Column whenTimeIsWrong() {
    return when(EventTime.isAncient(day()), lit(ANCIENT_DATE.code()))
        .when(day().gt(lit(asOf)), lit(RowOutcome.AFTER_AS_OF));
  }

  /** A row without a customer; of other inputs than those of customers, one without its ids. */
  private Column isNameless() {
    Stream<Column> ids =
        table.input().hasCustomers()
            ? Stream.of()
            : table.idColumns().stream().map(id -> values.of(id, ColumnType.KEY).isNull());
    Stream<Column> customer = table.hasCustomer() ? Stream.of(customer().isNull()) : Stream.of();
    return Stream.concat(customer, ids).reduce(lit(false), Column::or);
  }

  private QuarantineReason nameless() {
    return table.hasCustomer() ? MISSING_CUSTOMER : MISSING_MARKET;
  }

  private Column amountRefusal() {
    Map<String, ExactAmount> money = moneyColumns();
    List<Column> refusals = new ArrayList<>();
    refusals.add(lit(null).cast("string"));
    money.forEach((name, amount) -> refusals.add(when(isExpected(name), amount.unreadable())));
    table
        .sizes(mapping.isLines())
        .filter(money::containsKey)
        .forEach(name -> refusals.add(amount(name).negative(NEGATIVE_AMOUNT)));
    money.values().forEach(amount -> refusals.add(amount.overflowing()));
    money.values().forEach(amount -> refusals.add(amount.scaleRefusal()));
    if (hasCostsOfReturns(mapping) && !mapping.isLines()) {
      refusals.add(when(isReturn(type()), amount(COST).negative(NEGATIVE_COST)));
    }
    return coalesce(refusals.toArray(Column[]::new));
  }

  /** Whether rows have a cost that must not be negative where they are returns. */
  static boolean hasCostsOfReturns(InputMapping mapping) {
    return mapping.maps(COST) && mapping.table().types().contains(RETURN);
  }

  static Column isReturn(Column type) {
    return type.equalTo(RETURN);
  }

  /** The amount is required in every row; other money may be null. */
  private Column isExpected(String money) {
    return table.amountColumn().equals(Optional.of(money)) ? lit(true) : raw(money).isNotNull();
  }

  private Column customer() {
    return table.hasCustomer() ? values.key(Columns.CUSTOMER_ID).text() : lit(null).cast("string");
  }

  /** The business day; null where the input has no time or it cannot be read. */
  private Column day() {
    return table
        .time()
        .map(time -> EventTime.day(raw(time), mapped.type(time)))
        .orElse(lit(null).cast("date"));
  }

  private Column instant(String time) {
    return EventTime.instant(raw(time), mapped.type(time));
  }

  private Column type() {
    if (!mapping.maps(TYPE)) {
      return lit(table.defaultType().orElseThrow());
    }

    Object[] known = table.types().toArray();
    Column written = raw(TYPE).cast("string");
    Column type = upper(KeyText.normalized(written));
    // Most values are already spelled as ours, and a comparison is cheaper than changing the case.
    return when(written.isin(known), written).otherwise(when(type.isin(known), type));
  }

  private Map<String, ExactAmount> moneyColumns() {
    Map<String, ExactAmount> amounts = new LinkedHashMap<>();
    table.amountColumn().ifPresent(name -> amounts.put(name, amount(name)));
    table.moneyColumns().stream()
        .filter(mapping::maps)
        .forEach(name -> amounts.put(name, amount(name)));
    return amounts;
  }

  private ExactAmount amount(String name) {
    DataType type = mapped.type(name);
    return new ExactAmount(raw(name), type, mapping.money(), mapping.isRounded());
  }

  private Column amountOr(Function<ExactAmount, Column> value) {
    return table
        .amountColumn()
        .map(name -> value.apply(amount(name)))
        .orElse(lit(null).cast("decimal(38,18)"));
  }

  private static Column raw(String name) {
    return MappedRows.raw(name);
  }
}
