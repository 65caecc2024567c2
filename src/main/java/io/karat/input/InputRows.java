package io.karat.input;

import static io.karat.engine.SourceFormat.FILE_NUMBER;
import static io.karat.input.ValidatedRows.DAY;
import static io.karat.input.ValidatedRows.OUTCOME;
import static io.karat.input.ValidatedRows.ROUNDING;
import static io.karat.input.ValidatedRows.SURPLUS_DECIMALS;
import static io.karat.input.ValidatedRows.TYPE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.xxhash64;

import io.karat.run.InputException;
import io.karat.run.UsageException;
import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The rows of one input, read once and partitioned by customer once, for everything that is
 * computed from them.
 */
public final class InputRows {
  public static final String REPEATED_KEYS = "repeated_keys";
  public static final String CONTRADICTED_KEYS = "contradicted_keys";
  public static final String UNREADABLE_VALUES = "unreadable_values";
  public static final String UNMATCHED_ROWS = "unmatched_rows";

  /** Columns beside those of an input; a characteristic cannot have one of these names. */
  public static final Set<String> RESERVED =
      Set.of(
          DAY,
          OUTCOME,
          SURPLUS_DECIMALS,
          ROUNDING,
          ValidatedRows.PREFER,
          OptionalValues.UNREADABLE,
          ValidatedRows.IS_OWN_ID,
          Deduplication.IS_DUPLICATE,
          QuarantineRows.SOURCE_ROW,
          QuarantineRows.SOURCE_FILE);

  private final InputMapping mapping;
  private final Deduplication redelivery;
  private final Dataset<Row> exchanged;
  private final List<String> convertible;
  private final List<String> inexactMoney;
  private final Optional<UnitPrices> prices;

  private InputRows(
      InputMapping mapping,
      Deduplication redelivery,
      Dataset<Row> exchanged,
      List<String> convertible,
      List<String> inexactMoney,
      Optional<UnitPrices> prices) {
    this.convertible = convertible;
    this.inexactMoney = inexactMoney;
    this.mapping = mapping;
    this.redelivery = redelivery;
    this.exchanged = exchanged;
    this.prices = prices;
  }

  /**
   * Plans the rows of an input; starts no job.
   *
   * @param source the source's rows
   * @param aliases the aliases of customers, if that input is mapped
   * @param used the optional columns that anything is computed from
   * @param partitions the number of partitions; the same for all inputs
   * @throws InputException if the source lacks a column or a mapped column has the wrong type
   * @throws UsageException if an expression does not fit the source's types
   */
  public static InputRows of(
      Dataset<Row> source,
      InputMapping mapping,
      Optional<Aliases> aliases,
      LocalDate asOf,
      Set<String> used,
      int partitions) {
    return of(source, mapping, aliases, asOf, used, Optional.empty(), partitions);
  }

  /**
   * Plans the rows of some days of an input.
   *
   * @param days the days; all if empty
   */
  public static InputRows of(
      Dataset<Row> source,
      InputMapping mapping,
      Optional<Aliases> aliases,
      LocalDate asOf,
      Set<String> used,
      Optional<EventDays> days,
      int partitions) {
    List<String> numbers =
        List.of(source.columns()).contains(FILE_NUMBER) ? List.of(FILE_NUMBER) : List.of();
    MappedRows mapped = MappedRows.of(source, mapping, numbers.stream().map(source::col).toList());
    ValidatedRows validated = new ValidatedRows(mapped, asOf);
    List<String> kept = new ArrayList<>(kept(mapping));
    kept.addAll(numbers);
    Dataset<Row> rows = validated.rows(kept);
    Dataset<Row> judged = days.map(some -> rows.filter(some.contain(col(DAY)))).orElse(rows);
    Dataset<Row> resolved = aliases.map(all -> all.resolve(judged)).orElse(judged);
    Deduplication redelivery = new Deduplication(mapping, aliases);
    List<String> columns =
        Stream.of(
                Stream.of(OUTCOME, Columns.CUSTOMER_ID, DAY),
                mapping.table().hasTypes() ? Stream.of(TYPE) : Stream.<String>of(),
                mapping.table().amountColumn().stream(),
                validated.extraColumns(),
                validated.values().unreadableSets().stream(),
                validated.unmatchedColumn(),
                mapping.isLines() ? Stream.of("transaction_id") : Stream.<String>of(),
                isCostSummed(mapping) ? Stream.of(ValidatedRows.COST) : Stream.<String>of(),
                used.stream().filter(mapping::maps).sorted(),
                redelivery.columns(),
                ownIds(mapping, aliases),
                numbers.stream())
            .flatMap(names -> names)
            .distinct()
            .toList();
    return new InputRows(
        mapping,
        redelivery,
        CustomerPartitioning.byCustomer(resolved, columns, partitions),
        validated.values().convertible(),
        validated.inexactMoney(),
        Optional.empty());
  }

  /** Lines of a return are refused if their costs add up to less than zero. */
  static boolean isCostSummed(InputMapping mapping) {
    return mapping.isLines() && ValidatedRows.hasCostsOfReturns(mapping);
  }

  /** Where groups count as one customer, characteristics are those of the topmost one. */
  private static Stream<String> ownIds(InputMapping mapping, Optional<Aliases> aliases) {
    boolean isOfMembers =
        mapping.table().input() == InputTable.CUSTOMERS
            && aliases.filter(Aliases::areOfGroups).isPresent();
    return isOfMembers ? Stream.of(Aliases.MEMBER) : Stream.of();
  }

  /**
   * The same rows, each candidate with {@link UnitPrices#USUAL}.
   *
   * @param all the transactions of all customers, over whole months
   */
  public InputRows pricedBy(InputRows all) {
    return new InputRows(
        mapping,
        redelivery,
        exchanged,
        convertible,
        inexactMoney,
        Optional.of(UnitPrices.of(all.candidates())));
  }

  /** The input. */
  public InputTable table() {
    return mapping.table().input();
  }

  /** Whether a row is a line of a transaction. */
  public boolean isLines() {
    return mapping.isLines();
  }

  /** Whether each row has an amount. */
  public boolean hasAmount() {
    return mapping.table().amountColumn().isPresent();
  }

  /** The columns of money that are doubles in the source. */
  public List<String> inexactMoney() {
    return inexactMoney;
  }

  /** Whether rows are deduplicated. */
  public boolean hasKey() {
    return !mapping.key().isEmpty();
  }

  /**
   * The validated rows up to the as-of day, all rows of a customer in one partition; money in minor
   * units, {@code is_duplicate} true on re-deliveries.
   */
  public Dataset<Row> candidates() {
    Dataset<Row> candidates =
        exchanged.filter(CustomerPartitioning.isCandidate()).drop(FILE_NUMBER);
    Dataset<Row> marked = redelivery.mark(candidates, List.of());
    return prices.map(it -> it.added(marked)).orElse(marked);
  }

  /**
   * One row per {@code day} (null if the row has none or it cannot be read) and {@code outcome}:
   * the number of source {@code rows}, the sum of their absolute {@code amount} where that is
   * readable, the sum that rounding added, the number of {@code unreadable_values} by column, and
   * that of {@code unmatched_rows} by joined table. Where rows tell the number of their file, one
   * row per file too.
   */
  public Dataset<Row> tallies() {
    return new RowTallies(mapping, exchanged, convertible).rows();
  }

  /**
   * One row per day and {@link SourceFormat#FILE_NUMBER} of the source's rows, whatever becomes of
   * them.
   */
  public static Dataset<Row> daysOfFiles(
      Dataset<Row> source, InputMapping mapping, LocalDate asOf) {
    MappedRows mapped = MappedRows.of(source, mapping, List.of(source.col(FILE_NUMBER)));
    return new ValidatedRows(mapped, asOf)
        .rows(List.of(FILE_NUMBER))
        .select(FILE_NUMBER, DAY)
        .distinct();
  }

  /**
   * One row with {@code repeated_keys}: the number of keys that stand for more than one event,
   * under several customers or business days, within {@code days} if there are some; and {@code
   * contradicted_keys}: that of the other keys which came with different values, null where one of
   * them is preferred. Events and values are compared by hashes of 64 bits.
   *
   * <p>Rows of customers and markets are no events, so no key of them is repeated. Rows under
   * aliases of a customer may differ from the customer's own.
   */
  public Dataset<Row> repeatedKeys(Optional<EventDays> days) {
    boolean isOfEvents = table().isOfEvents();
    Column[] key =
        MappedRows.keyColumns(mapping).stream().map(functions::col).toArray(Column[]::new);
    Column isKnown = Arrays.stream(key).map(Column::isNotNull).reduce(lit(false), Column::or);
    Column event = xxhash64(col(Columns.CUSTOMER_ID), col(DAY));
    Column content =
        mapping.prefer().isPresent()
            ? lit(0L)
            // A list may have nothing but its key.
            : xxhash64(
                Stream.concat(Stream.of(lit(0)), redelivery.order().map(functions::col))
                    .toArray(Column[]::new));
    Column isRepeated = col("first_event").notEqual(col("last_event"));
    Column isLookedAt = days.map(some -> some.contain(col(DAY))).orElse(lit(true));
    return exchanged
        .filter(CustomerPartitioning.isCandidate().and(isKnown).and(isLookedAt))
        .filter(isOfEvents ? lit(true) : redelivery.isOwn())
        .groupBy(isOfEvents ? key : redelivery.group())
        .agg(
            min(event).as("first_event"),
            max(event).as("last_event"),
            min(content).as("first_content"),
            max(content).as("last_content"))
        .agg(
            count_if(isRepeated).as(REPEATED_KEYS),
            mapping.prefer().isPresent()
                ? lit(null).cast("bigint").as(CONTRADICTED_KEYS)
                : count_if(not(isRepeated).and(col("first_content").notEqual(col("last_content"))))
                    .as(CONTRADICTED_KEYS));
  }

  /** Columns of the mapped rows that are kept unchanged: those of the key, and the preference. */
  static List<String> kept(InputMapping mapping) {
    Set<String> kept = new LinkedHashSet<>(MappedRows.sourceKeyColumns(mapping));
    mapping.prefer().ifPresent(prefer -> kept.add(ValidatedRows.PREFER));
    return List.copyOf(kept);
  }
}
