package io.karat.night;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.karat.engine.KeyText;
import io.karat.input.Aliases;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.input.SampledRows;
import io.karat.measures.CustomerMeasures;
import io.karat.measures.Period;
import io.karat.measures.RowCountColumns;
import io.karat.run.InputErrors;
import io.karat.settings.BilingualText;
import io.karat.settings.InputTable;
import io.karat.settings.Translations;
import io.karat.tables.Columns;
import io.karat.tables.DecimalTypes;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Single read of all inputs of a night: the measures of every customer and the row counts of every
 * input, in one data frame.
 */
public final class InputReading {
  private static final long BYTES_IN_CACHE = 6L << 20;
  private static final long MOST_SMALL_PARTITIONS = 2_000;
  private static final long MOST_BYTES = 128L << 20;
  private static final Set<String> COUNTS =
      Set.of(
          InputAccounts.INPUT,
          "day",
          "outcome",
          "rows",
          "amount",
          "rounding",
          InputRows.UNREADABLE_VALUES,
          InputRows.UNMATCHED_ROWS,
          InputRows.REPEATED_KEYS);

  private final NightPlan plan;
  private final List<NightSource> sources;
  private final List<InputRows> inputs;
  private final Optional<InputAccount> aliasAccount;
  private final Optional<Aliases> aliases;
  private final Optional<CustomerIds> only;
  private final CustomerMeasures.State state;

  private InputReading(
      NightPlan plan,
      List<NightSource> sources,
      LocalDate asOf,
      List<InputRows> inputs,
      Optional<InputAccount> aliasAccount,
      Optional<Aliases> aliases,
      Optional<CustomerIds> only) {
    this.plan = plan;
    this.sources = sources;
    this.inputs = inputs;
    this.aliasAccount = aliasAccount;
    this.aliases = aliases;
    this.only = only;
    CustomerMeasures measures =
        new CustomerMeasures(plan.money(), plan.indicators().uses(asOf), Period.lifetime(asOf));
    this.state = only.isPresent() ? measures.state(inputs) : measures.stateWithCohorts(inputs);
  }

  /**
   * Plans how the inputs are read; aliases, if there are any, are read at once.
   *
   * @throws io.karat.run.InputException naming every source that lacks a column or has a wrong
   *     type; if aliases lead nowhere
   * @throws io.karat.run.UsageException if an expression does not fit the source's types
   */
  public static InputReading of(
      NightPlan plan, List<NightSource> sources, LocalDate asOf, SparkSession spark) {
    return of(plan, sources, asOf, Optional.empty(), spark);
  }

  /**
   * Plans the same read, restricted to the rows of one customer.
   *
   * @param asked an id of the customer, which may be an alias
   */
  public static InputReading ofCustomer(
      NightPlan plan, List<NightSource> sources, LocalDate asOf, String asked, SparkSession spark) {
    boolean isRaw = plan.mapping(plan.settings().inputs().leading()).isIdRaw();
    String key = isRaw ? asked : KeyText.normalized(asked);
    return of(plan, sources, asOf, Optional.of(key), spark);
  }

  private static InputReading of(
      NightPlan plan,
      List<NightSource> sources,
      LocalDate asOf,
      Optional<String> asked,
      SparkSession spark) {
    int partitions = asked.isPresent() ? 1 : partitions(sources, spark);
    Optional<InputRows> aliasRows =
        find(InputTable.ALIASES, sources)
            .map(
                source ->
                    rows(
                        plan,
                        source.table(),
                        source.content().rows(plan.mapping(source.table())),
                        Optional.empty(),
                        asOf,
                        partitions));
    Optional<InputAccount> aliasAccount =
        aliasRows.map(
            rows -> InputAccounts.ofAliases(find(InputTable.ALIASES, sources).orElseThrow(), rows));
    Optional<Aliases> aliases =
        aliasRows.map(rows -> Aliases.of(rows.candidates().filter(not(col("is_duplicate")))));
    Optional<CustomerIds> only = asked.map(id -> CustomerIds.of(id, aliases));
    List<InputRows> inputs =
        InputErrors.of(
            sources.stream().filter(source -> source.table() != InputTable.ALIASES).toList(),
            source ->
                rows(plan, source.table(), read(plan, source, only), aliases, asOf, partitions));
    return new InputReading(plan, sources, asOf, inputs, aliasAccount, aliases, only);
  }

  /**
   * The number of partitions of customers: enough that the state of one partition fits a
   * processor's cache, few for small inputs, and not too many for the shuffle of a large cluster.
   */
  static int partitions(List<NightSource> sources, SparkSession spark) {
    long bytes = sources.stream().mapToLong(NightSource::bytes).sum();
    long inCache = Math.min(bytes / BYTES_IN_CACHE, MOST_SMALL_PARTITIONS);
    long atLeast = Math.max(spark.sparkContext().defaultParallelism(), bytes / MOST_BYTES);
    return (int) Math.min(Math.max(inCache, atLeast), Integer.MAX_VALUE);
  }

  private static Dataset<Row> read(NightPlan plan, NightSource source, Optional<CustomerIds> only) {
    Dataset<Row> rows = source.content().rows(plan.mapping(source.table()));
    return only.map(customer -> customer.only(rows, plan.mapping(source.table()))).orElse(rows);
  }

  private static InputRows rows(
      NightPlan plan,
      InputTable table,
      Dataset<Row> source,
      Optional<Aliases> aliases,
      LocalDate asOf,
      int partitions) {
    Set<String> used =
        table == InputTable.ALIASES
            ? Set.of("alias_id")
            : plan.indicators().inputColumns(table, asOf);
    InputMapping mapping = plan.mapping(table);
    SampledRows.of(source, mapping).requireText();
    return InputRows.of(source, mapping, aliases, asOf, used, partitions);
  }

  /** Remarks on types of the sources that money does not come in. */
  public List<BilingualText> remarks() {
    return inputs.stream()
        .flatMap(
            rows ->
                rows.inexactMoney().stream()
                    .map(
                        column ->
                            Translations.text(
                                "input.inexact_money", column, rows.table().tableName())))
        .toList();
  }

  /** The aliases of customers; empty if the input is not configured. */
  public Optional<Aliases> aliases() {
    return aliases;
  }

  /** The customer to whom the read is restricted; empty if it is not. */
  public Optional<CustomerIds> customer() {
    return only;
  }

  /** Reads the source's own rows of an input. */
  public Dataset<Row> source(NightSource source) {
    return read(plan, source, only);
  }

  /** One row per customer with its measures, computed lazily from the sources. */
  public Dataset<Row> measures() {
    return state.results();
  }

  /** One row per customer whom a used row of any input names, with its measures. */
  Dataset<Row> customers() {
    return measures().filter(isNamed());
  }

  /**
   * One row per customer with the partial aggregates of its measures, followed by the row counts of
   * every input, in rows whose customer is null.
   */
  public Dataset<Row> stored() {
    Dataset<Row> stored = state.parts();
    for (InputRows rows : inputs) {
      stored = stored.unionByName(named(rows, rows.tallies()), true);
      if (plan.isUniqueChecked(rows.table())) {
        stored = stored.unionByName(named(rows, rows.repeatedKeys()), true);
      }
    }
    return stored;
  }

  private static Dataset<Row> named(InputRows rows, Dataset<Row> counts) {
    return counts.withColumn(InputAccounts.INPUT, lit(rows.table().tableName()));
  }

  /** Reads measures and accounts back from where {@link #stored} was written. */
  public NightInput input(Dataset<Row> stored) {
    Column[] counts =
        Arrays.stream(stored.columns())
            .filter(COUNTS::contains)
            .map(functions::col)
            .toArray(Column[]::new);
    List<Row> account =
        stored.filter(col(Columns.CUSTOMER_ID).isNull()).select(counts).collectAsList();
    CustomerMeasures.State read = state.of(stored);
    Dataset<Row> measures = read.results();
    Row totals = totals(measures);
    InputAccounts counted = new InputAccounts(plan, account, totals);
    List<InputAccount> accounts =
        sources.stream()
            .map(
                source ->
                    source.table() == InputTable.ALIASES
                        ? aliasAccount.orElseThrow()
                        : counted.of(source))
            .toList();
    if (only.isEmpty()) {
      accounts.forEach(this::requireArrival);
    }
    return new NightInput(
        measures.filter(isNamed()),
        totals.<Long>getAs("customers"),
        aliases,
        accounts,
        read.cohorts().map(Dataset::collectAsList).orElse(List.of()),
        remarks());
  }

  private void requireArrival(InputAccount account) {
    account
        .source()
        .content()
        .requireRows(account.tallies().read().rows(), plan.mapping(account.table()));
  }

  /** True for a customer who is named by a used row of any input. */
  private Column isNamed() {
    return inputs.stream()
        .map(input -> col(new RowCountColumns(input.table()).usedRows()).gt(0))
        .reduce(lit(false), Column::or);
  }

  private Row totals(Dataset<Row> measures) {
    Column[] sums =
        inputs.stream()
            .flatMap(input -> new RowCountColumns(input.table()).names().stream())
            .map(name -> coalesce(sum(col(name)), lit(0)).cast(DecimalTypes.EXACT).as(name))
            .toArray(Column[]::new);
    return measures.agg(count_if(isNamed()).as("customers"), sums).first();
  }

  private static Optional<NightSource> find(InputTable table, List<NightSource> sources) {
    return sources.stream().filter(source -> source.table() == table).findFirst();
  }
}
