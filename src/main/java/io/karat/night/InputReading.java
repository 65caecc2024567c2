package io.karat.night;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import io.karat.groups.GroupMembers;
import io.karat.input.Aliases;
import io.karat.input.EventDays;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.input.Markets;
import io.karat.measures.CustomerMeasures;
import io.karat.measures.EarlierDays;
import io.karat.measures.RowCountColumns;
import io.karat.run.InputErrors;
import io.karat.settings.BilingualText;
import io.karat.settings.InputTable;
import io.karat.settings.Translations;
import io.karat.state.DaysToRead;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Single read of all inputs of a night: the measures of every customer and the row counts of every
 * input, in one data frame.
 */
public final class InputReading {
  private final InputReader reader;
  private final List<NightSource> sources;
  private final List<InputPlan> plans;
  private final List<InputRows> inputs;
  private final AliasRows aliases;
  private final Optional<InputRows> markets;
  private final Optional<CustomerIds> only;
  private final CustomerMeasures.State state;

  private InputReading(
      InputReader reader,
      List<NightSource> sources,
      List<InputPlan> plans,
      List<InputRows> inputs,
      AliasRows aliases,
      Optional<CustomerIds> only,
      CustomerMeasures.State state) {
    this.reader = reader;
    this.sources = sources;
    this.plans = plans;
    this.inputs = inputs;
    this.aliases = aliases;
    this.markets = reader.markets(sources);
    this.only = only;
    this.state = state;
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
    return of(plan, sources, sources, asOf, spark);
  }

  /**
   * Plans how some inputs are read.
   *
   * @param all the inputs that say which rows are of the same customer
   */
  static InputReading of(
      NightPlan plan,
      List<NightSource> sources,
      List<NightSource> all,
      LocalDate asOf,
      SparkSession spark) {
    InputReader reader = new InputReader(plan, asOf, NightSource.partitions(sources, spark));
    return of(reader, sources, InputReader.whole(sources), reader.aliases(all), Optional.empty());
  }

  /**
   * Plans the same read of what a night reads.
   *
   * @param earlier days that are taken from an earlier night; empty if there are none
   */
  static InputReading of(
      InputReader reader,
      List<NightSource> sources,
      List<InputPlan> plans,
      AliasRows aliases,
      Optional<EarlierDays> earlier) {
    List<InputRows> inputs = InputErrors.of(plans, it -> reader.rows(it, aliases.aliases()));
    return new InputReading(
        reader,
        sources,
        plans,
        inputs,
        aliases,
        Optional.empty(),
        reader.measures().stateWithCohorts(inputs, earlier));
  }

  /**
   * Plans the same read, restricted to the rows of one customer: without an account of aliases and
   * markets, whose rows are no events of the customer.
   *
   * @param asked an id of the customer, which may be an alias
   */
  public static InputReading ofCustomer(
      NightPlan plan, List<NightSource> sources, LocalDate asOf, String asked, SparkSession spark) {
    InputReader reader = new InputReader(plan, asOf, 1);
    AliasRows aliases = reader.aliases(sources, false);
    CustomerIds customer = CustomerIds.of(CustomerIds.key(plan, asked), aliases.aliases());
    List<InputPlan> plans = InputReader.whole(sources);
    List<InputRows> inputs =
        InputErrors.of(
            plans,
            it ->
                reader.rows(
                    it,
                    customer.only(reader.source(it), plan.mapping(it.table())),
                    aliases.aliases()));
    return new InputReading(
        reader,
        sources.stream().filter(source -> source.table().hasCustomers()).toList(),
        plans,
        inputs,
        aliases,
        Optional.of(customer),
        reader.measures().state(inputs));
  }

  /** What the days of an input hold, as text; empty if it has none. */
  Optional<String> layout(InputTable input) {
    return state.layout(input);
  }

  /** Remarks on groups that count as customers, and on types that money does not come in. */
  public List<BilingualText> remarks() {
    Stream<BilingualText> inexact =
        Stream.concat(inputs.stream(), markets.stream())
            .flatMap(
                rows ->
                    rows.inexactMoney().stream()
                        .map(
                            column ->
                                Translations.text(
                                    "input.inexact_money", column, rows.table().tableName())));
    return Stream.concat(aliases.groups().map(GroupMembers::remark).stream(), inexact).toList();
  }

  /** The aliases of customers; empty if the input is not configured. */
  public Optional<Aliases> aliases() {
    return aliases.aliases();
  }

  /** The customer to whom the read is restricted; empty if it is not. */
  public Optional<CustomerIds> customer() {
    return only;
  }

  /** Reads the source's own rows of an input. */
  public Dataset<Row> source(NightSource source) {
    InputMapping mapping = reader.plan().mapping(source.table());
    Dataset<Row> rows = source.content().rows(mapping);
    return only.map(customer -> customer.only(rows, mapping)).orElse(rows);
  }

  /** A digest of everything that says how the files of an input are opened. */
  String opening(InputTable table) {
    return reader.plan().opening(table);
  }

  /** What is read of an input. */
  InputPlan plan(InputTable table) {
    return plans.stream().filter(it -> it.table() == table).findFirst().orElseThrow();
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
   * One row per customer with its days, followed by the row counts of every input, in rows whose
   * customer is null.
   */
  public Dataset<Row> stored() {
    Dataset<Row> stored = state.stored();
    for (InputRows rows : inputs) {
      stored = stored.unionByName(named(rows, rows.tallies()), true);
      if (reader.plan().isUniqueChecked(rows.table())) {
        Optional<EventDays> newest = plan(rows.table()).days().map(DaysToRead::newest);
        stored = stored.unionByName(named(rows, rows.repeatedKeys(newest)), true);
      }
    }
    return stored;
  }

  private static Dataset<Row> named(InputRows rows, Dataset<Row> counts) {
    return counts.withColumn(InputAccounts.INPUT, lit(rows.table().tableName()));
  }

  /**
   * Reads measures and accounts back from where {@link #stored} was written.
   *
   * @param saved what keeps the partial aggregates of customers, which are read several times
   */
  public NightInput input(Dataset<Row> stored, UnaryOperator<Dataset<Row>> saved) {
    return input(stored, InputAccounts.counts(stored), saved);
  }

  /**
   * Reads measures and accounts back.
   *
   * @param account the rows without a customer
   * @param saved what keeps the partial aggregates of customers, which are read several times
   */
  NightInput input(Dataset<Row> stored, List<Row> account, UnaryOperator<Dataset<Row>> saved) {
    Dataset<Row> folded = saved.apply(state.folded(stored));
    Dataset<Row> measures = state.results(folded);
    Row totals = totals(measures);
    InputAccounts counted = new InputAccounts(reader.plan(), account, totals);
    List<InputAccount> accounts =
        sources.stream()
            .map(
                source ->
                    switch (source.table()) {
                      case ALIASES -> aliases.account().orElseThrow();
                      case MARKETS -> counted.ofOthers(source, markets.orElseThrow());
                      case TRANSACTIONS, PAYMENTS, CONTACTS, CUSTOMERS, OPPORTUNITIES ->
                          counted.of(plan(source.table()));
                    })
            .map(it -> shared(it.table()).map(of -> it.with(of.of(totals, measures))).orElse(it))
            .toList();
    if (only.isEmpty()) {
      accounts.forEach(this::requireArrival);
    }
    return new NightInput(
        measures.filter(isNamed()),
        totals.<Long>getAs("customers"),
        aliases.aliases(),
        aliases.groups(),
        markets.map(rows -> Markets.of(InputReader.used(rows), reader.plan().money())),
        accounts,
        state.cohorts(folded),
        remarks());
  }

  private void requireArrival(InputAccount account) {
    account
        .source()
        .content()
        .requireRows(account.tallies().read().rows(), reader.plan().mapping(account.table()));
  }

  /** True for a customer who is named by a used row of any input. */
  private Column isNamed() {
    return inputs.stream()
        .map(input -> col(new RowCountColumns(input.table()).usedRows()).gt(0))
        .reduce(lit(false), Column::or);
  }

  private Row totals(Dataset<Row> measures) {
    Column[] totals =
        inputs.stream()
            .flatMap(
                input ->
                    Stream.concat(
                        new RowCountColumns(input.table()).totals().stream(),
                        shared(input.table()).stream().flatMap(it -> it.counts().stream())))
            .toArray(Column[]::new);
    return measures.agg(count_if(isNamed()).as("customers"), totals).first();
  }

  private Optional<SharedCustomers> shared(InputTable input) {
    Set<InputTable> read = inputs.stream().map(InputRows::table).collect(toSet());
    return only.isEmpty() ? SharedCustomers.of(input, read, reader.plan()) : Optional.empty();
  }
}
