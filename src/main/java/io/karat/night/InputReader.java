package io.karat.night;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;

import io.karat.groups.GroupMembers;
import io.karat.groups.GroupPlan;
import io.karat.input.Aliases;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.input.SampledRows;
import io.karat.measures.ChannelSales;
import io.karat.measures.CustomerMeasures;
import io.karat.measures.Period;
import io.karat.settings.InputTable;
import io.karat.tables.Columns;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Reader of the rows of inputs.
 *
 * @param partitions the number of partitions of customers
 */
record InputReader(NightPlan plan, LocalDate asOf, int partitions) {

  /** Plans to read all inputs of customers whole. */
  static List<InputPlan> whole(List<NightSource> sources) {
    return sources.stream()
        .filter(source -> source.table().hasCustomers())
        .map(source -> InputPlan.whole(source, Optional.empty(), ""))
        .toList();
  }

  /** Reads the aliases, and groups that count as one customer, if there are any; starts jobs. */
  AliasRows aliases(List<NightSource> sources) {
    return aliases(sources, true);
  }

  /**
   * Reads the same.
   *
   * @param isCounted whether the rows of aliases are counted for an account
   */
  AliasRows aliases(List<NightSource> sources, boolean isCounted) {
    Optional<NightSource> source = source(InputTable.ALIASES, sources);
    Optional<InputRows> rows = source.map(this::whole);
    Optional<Aliases> aliases = rows.map(it -> Aliases.of(used(it)));
    Optional<GroupMembers> groups =
        plan.groups().filter(GroupPlan::areCustomers).map(it -> members(it, sources, aliases));
    return new AliasRows(
        rows.filter(it -> isCounted)
            .map(it -> InputAccounts.ofOthers(source.orElseThrow(), it, Optional.empty())),
        groups.map(it -> Aliases.ofGroups(aliases, it.topmost())).or(() -> aliases),
        groups);
  }

  /** Follows the parents of all customers, before their other columns are read. */
  private GroupMembers members(
      GroupPlan groups, List<NightSource> sources, Optional<Aliases> aliases) {
    String parent = groups.parent().name();
    NightSource source = source(InputTable.CUSTOMERS, sources).orElseThrow();
    InputPlan customers = InputPlan.whole(source, Optional.empty(), "");
    InputRows rows = rows(customers, source(customers), aliases, Set.of(parent));
    return GroupMembers.of(
        used(rows).groupBy(Columns.CUSTOMER_ID).agg(max(parent).as(parent)), parent, aliases);
  }

  /** Plans to read the sizes of markets, if there are any. */
  Optional<InputRows> markets(List<NightSource> sources) {
    return source(InputTable.MARKETS, sources).map(this::whole);
  }

  private static Optional<NightSource> source(InputTable table, List<NightSource> sources) {
    return sources.stream().filter(source -> source.table() == table).findFirst();
  }

  private InputRows whole(NightSource source) {
    InputPlan input = InputPlan.whole(source, Optional.empty(), "");
    return rows(input, source(input), Optional.empty());
  }

  /** The rows of an input that are not delivered again. */
  static Dataset<Row> used(InputRows rows) {
    return rows.candidates().filter(not(col("is_duplicate")));
  }

  /** The source's own rows that are read of an input. */
  Dataset<Row> source(InputPlan input) {
    return input.rows(plan.mapping(input.table()));
  }

  /** The rows of an input. */
  InputRows rows(InputPlan input, Optional<Aliases> aliases) {
    InputRows rows = rows(input, source(input), aliases, used(input.table()));
    return comparesPrices(input) ? rows.pricedBy(rows) : rows;
  }

  /**
   * Some rows of an input, with prices by all of them.
   *
   * @param source the source's own rows
   */
  InputRows rows(InputPlan input, Dataset<Row> source, Optional<Aliases> aliases) {
    InputRows some = rows(input, source, aliases, used(input.table()));
    return comparesPrices(input)
        ? some.pricedBy(rows(input, source(input), aliases, used(input.table())))
        : some;
  }

  private InputRows rows(
      InputPlan input, Dataset<Row> source, Optional<Aliases> aliases, Set<String> used) {
    InputMapping mapping = plan.mapping(input.table());
    SampledRows.of(source, mapping).requireText();
    return InputRows.of(source, mapping, aliases, asOf, used, input.read(), partitions);
  }

  private boolean comparesPrices(InputPlan input) {
    return plan.indicators().comparesPrices(input.table(), asOf);
  }

  private Set<String> used(InputTable input) {
    return input.hasCustomers()
        ? plan.indicators().inputColumns(input, asOf)
        : input.columns().stream().map(InputTable.Column::name).collect(toSet());
  }

  /** The measures of the night. */
  CustomerMeasures measures() {
    return new CustomerMeasures(
        plan.money(), ChannelSales.with(plan.indicators().uses(asOf), asOf), Period.lifetime(asOf));
  }
}
