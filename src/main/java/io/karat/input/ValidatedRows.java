package io.karat.input;

import static io.karat.input.QuarantineReason.ANCIENT_DATE;
import static io.karat.input.QuarantineReason.INVALID_PROBABILITY;
import static io.karat.input.QuarantineReason.MISSING_CUSTOMER;
import static io.karat.input.QuarantineReason.UNKNOWN_TYPE;
import static io.karat.input.QuarantineReason.UNREADABLE_TIME;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.karat.settings.InputTable;
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
  static final String IS_OWN_ID = "is_own_id";

  /**
   * Spaces from keyboards and spreadsheets, also tab, line ends, no-break and ideographic space.
   */
  private static final String BLANKS = " \t\r\n\u00a0\u3000";

  private final MappedRows mapped;
  private final InputMapping mapping;
  private final InputSchema table;
  private final LocalDate asOf;

  ValidatedRows(MappedRows mapped, LocalDate asOf) {
    this.mapped = mapped;
    this.mapping = mapped.mapping();
    this.table = mapping.table();
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
                columns.add(other(name, type).as(name));
              }
            });
    kept.forEach(name -> columns.add(col(name)));
    return mapped.rows().select(columns.toArray(Column[]::new));
  }

  /** The column of surplus decimals or of rounding, if it can hold anything but null. */
  Stream<String> extraColumns() {
    return table.amountColumn().map(this::amount).stream()
        .filter(amount -> !amount.isAlwaysInScale())
        .map(amount -> mapping.isRounded() ? ROUNDING : SURPLUS_DECIMALS);
  }

  private Column outcome() {
    List<Column> outcomes = new ArrayList<>();
    outcomes.add(when(not(mapped.isIncluded()), lit(RowOutcome.EXCLUDED)));
    outcomes.add(when(isBlank(customer()).or(isAliasMissing()), lit(MISSING_CUSTOMER.code())));
    table.time().ifPresent(it -> outcomes.add(when(day().isNull(), lit(UNREADABLE_TIME.code()))));
    outcomes.add(amountRefusal());
    if (table.otherColumns().containsKey("probability")) {
      outcomes.add(
          when(
              other("probability", ColumnType.PROBABILITY).isNull(),
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
                        other(since, ColumnType.DATE).gt(lit(asOf)), lit(RowOutcome.AFTER_AS_OF))));
    outcomes.add(lit(RowOutcome.CANDIDATE));
    return coalesce(outcomes.toArray(Column[]::new));
  }

  private Column whenTimeIsWrong() {
    return when(EventTime.isAncient(day()), lit(ANCIENT_DATE.code()))
        .when(day().gt(lit(asOf)), lit(RowOutcome.AFTER_AS_OF));
  }

  /** A row of {@code aliases} without an alias has no customer either. */
  private Column isAliasMissing() {
    return table.input() == InputTable.ALIASES
        ? isBlank(raw(table.idColumn()).cast("string"))
        : lit(false);
  }

  private Column other(String name, ColumnType type) {
    return type.read(raw(name), mapped.type(name), mapping.money());
  }

  private Column amountRefusal() {
    Map<String, ExactAmount> money = moneyColumns();
    List<Column> refusals = new ArrayList<>();
    refusals.add(lit(null).cast("string"));
    money.forEach((name, amount) -> refusals.add(when(isExpected(name), amount.unreadable())));
    if (!mapping.isLines()) {
      table.amountColumn().ifPresent(name -> refusals.add(amount(name).negative()));
    }
    money.values().forEach(amount -> refusals.add(amount.overflowing()));
    money.values().forEach(amount -> refusals.add(amount.scaleRefusal()));
    return coalesce(refusals.toArray(Column[]::new));
  }

  /** The amount is required in every row; other money may be null. */
  private Column isExpected(String money) {
    return table.amountColumn().equals(Optional.of(money)) ? lit(true) : raw(money).isNotNull();
  }

  private Column customer() {
    return raw(Columns.CUSTOMER_ID).cast("string");
  }

  /** Most ids begin with a letter or a digit, and a comparison is cheaper than trimming. */
  private static Column isBlank(Column text) {
    return when(text.between("!", "~"), lit(false))
        .otherwise(coalesce(trim(text, BLANKS).equalTo(lit("")), lit(true)));
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
    Column type = upper(trim(written));
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
