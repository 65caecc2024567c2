package io.karat.input;

import static io.karat.input.QuarantineReason.ANCIENT_DATE;
import static io.karat.input.QuarantineReason.INVALID_PROBABILITY;
import static io.karat.input.QuarantineReason.MISSING_CUSTOMER;
import static io.karat.input.QuarantineReason.MISSING_MARKET;
import static io.karat.input.QuarantineReason.UNKNOWN_TYPE;
import static io.karat.input.QuarantineReason.UNREADABLE_ROW;
import static io.karat.input.QuarantineReason.UNREADABLE_TEXT;
import static io.karat.input.QuarantineReason.UNREADABLE_TIME;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.karat.engine.KeyText;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StringType;

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

  /** A set of optional columns whose values are there and cannot be read, a bit for each. */
  static final String UNREADABLE = "unreadable";

  static final String IS_OWN_ID = "is_own_id";

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
    columns.addAll(unreadable());
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

  /** The optional columns that may have values that cannot be read, in the order of their bits. */
  List<String> convertible() {
    return table.otherColumns().entrySet().stream()
        .filter(other -> mapping.maps(other.getKey()))
        .filter(other -> other.getValue().mayFail(mapped.type(other.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The columns of money that are doubles in the source. */
  List<String> inexactMoney() {
    return moneyColumns().keySet().stream()
        .filter(
            name ->
                mapped.type(name) instanceof DoubleType || mapped.type(name) instanceof FloatType)
        .toList();
  }

  /** True where the value of an optional column is there and cannot be read. */
  private Column isUnreadable(String name) {
    Column isThere =
        mapped.type(name) instanceof StringType
            ? KeyText.normalized(raw(name)).isNotNull()
            : raw(name).isNotNull();
    return isThere.and(
        other(name, Objects.requireNonNull(table.otherColumns().get(name))).isNull());
  }

  /** The columns of sets that {@link #isUnreadable(int)} looks into: one for 64 columns. */
  List<String> unreadableSets() {
    return IntStream.iterate(0, bit -> bit < convertible().size(), bit -> bit + Long.SIZE)
        .mapToObj(ValidatedRows::setOf)
        .toList();
  }

  private static String setOf(int bit) {
    return bit < Long.SIZE ? UNREADABLE : UNREADABLE + " " + bit / Long.SIZE;
  }

  private List<Column> unreadable() {
    List<String> names = convertible();
    Map<String, Column> sets = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Column bit = when(isUnreadable(names.get(i)), lit(1L << i)).otherwise(lit(0L));
      sets.merge(setOf(i), bit, Column::bitwiseOR);
    }
    return sets.entrySet().stream().map(set -> set.getValue().as(set.getKey())).toList();
  }

  /** True where a row has the bit of an optional column. */
  static Column isUnreadable(int bit) {
    return col(setOf(bit)).bitwiseAND(lit(1L << bit)).notEqual(lit(0L));
  }

  private Column outcome() {
    List<Column> outcomes = new ArrayList<>();
    outcomes.add(when(mapped.isMalformed(), lit(UNREADABLE_ROW.code())));
    outcomes.add(when(not(mapped.isIncluded()), lit(RowOutcome.EXCLUDED)));
    outcomes.add(when(isGarbled(), lit(UNREADABLE_TEXT.code())));
    outcomes.add(when(isNameless(), lit(nameless().code())));
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

  /** A row without a customer; of other inputs than those of customers, one without its ids. */
  private Column isNameless() {
    Stream<Column> ids =
        table.input().hasCustomers()
            ? Stream.of()
            : table.idColumns().stream().map(id -> other(id, ColumnType.KEY).isNull());
    Stream<Column> customer = table.hasCustomer() ? Stream.of(customer().isNull()) : Stream.of();
    return Stream.concat(customer, ids).reduce(lit(false), Column::or);
  }

  private QuarantineReason nameless() {
    return table.hasCustomer() ? MISSING_CUSTOMER : MISSING_MARKET;
  }

  private Column other(String name, ColumnType type) {
    return type == ColumnType.KEY
        ? key(name).text()
        : type.read(raw(name), mapped.type(name), mapping.money());
  }

  private Column amountRefusal() {
    Map<String, ExactAmount> money = moneyColumns();
    List<Column> refusals = new ArrayList<>();
    refusals.add(lit(null).cast("string"));
    money.forEach((name, amount) -> refusals.add(when(isExpected(name), amount.unreadable())));
    table
        .sizes(mapping.isLines())
        .filter(money::containsKey)
        .forEach(name -> refusals.add(amount(name).negative()));
    money.values().forEach(amount -> refusals.add(amount.overflowing()));
    money.values().forEach(amount -> refusals.add(amount.scaleRefusal()));
    return coalesce(refusals.toArray(Column[]::new));
  }

  /** The amount is required in every row; other money may be null. */
  private Column isExpected(String money) {
    return table.amountColumn().equals(Optional.of(money)) ? lit(true) : raw(money).isNotNull();
  }

  private Column customer() {
    return table.hasCustomer() ? key(Columns.CUSTOMER_ID).text() : lit(null).cast("string");
  }

  private KeyColumn key(String name) {
    return new KeyColumn(raw(name), mapped.type(name), mapping.isIdRaw());
  }

  /** True where an id or a text was lost in decoding; null where there is none. */
  private Column isGarbled() {
    Stream<Column> ours =
        Stream.concat(
                Stream.of(Columns.CUSTOMER_ID),
                table.otherColumns().entrySet().stream()
                    .filter(other -> other.getValue().isText())
                    .map(Map.Entry::getKey))
            .filter(mapping::maps)
            .map(name -> key(name).isGarbled());
    return Stream.concat(ours, mapped.garbledKeys()).reduce(lit(false), Column::or);
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
