package io.karat.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.karat.indicators.IndicatorPlan;
import io.karat.input.Aliases;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.measures.CustomerMeasures;
import io.karat.measures.Measure;
import io.karat.measures.Period;
import io.karat.measures.RowCountColumns;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.InputTable;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import io.karat.tables.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A configured night, from source rows to indicators, without files. */
public record Night(Settings settings) {
  private static final String LEAST =
      """
      inputs:
        transactions:
          path: unused
          columns:
            customer_id: customer_id
            transaction_time: transaction_time
            amount: amount
      """;

  /** The minimal configuration, changed as by {@code --set}. */
  public static Night with(String... sets) {
    return of(LEAST, sets);
  }

  /** The minimal configuration that reads lines, changed as by {@code --set}. */
  public static Night ofLines(String... sets) {
    String columns = LEAST + "      transaction_id: transaction_id\n      type: type\n";
    return of(columns.replace("path: unused", "path: unused\n    grain: line"), sets);
  }

  private static Night of(String yaml, String... sets) {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read("karat.yaml", yaml, Map.of(), List.of(sets), problems);
    problems.throwIfAny();
    return new Night(settings);
  }

  /**
   * The problems with the indicators of the minimal configuration.
   *
   * @param indicators the text under {@code indicators:}, from line 9 on
   */
  public static List<String> problemsWith(String indicators) {
    Problems problems = new Problems();
    String yaml = LEAST + "indicators:\n" + indicators.indent(2);
    Settings settings = ConfigurationReader.read("karat.yaml", yaml, Map.of(), List.of(), problems);
    IndicatorPlan.of(settings, problems);
    return problems.messages();
  }

  /** The problems of the minimal configuration, changed as by {@code --set}. */
  public static List<String> problemsWithSets(String... sets) {
    Problems problems = new Problems();
    Settings settings =
        ConfigurationReader.read("karat.yaml", LEAST, Map.of(), List.of(sets), problems);
    IndicatorPlan.of(settings, problems);
    return problems.messages();
  }

  /** The mapping of transactions. */
  public InputMapping mapping() {
    return mapping(InputTable.TRANSACTIONS);
  }

  /** The mapping of an input. */
  public InputMapping mapping(InputTable table) {
    Problems problems = new Problems();
    InputMapping mapping =
        InputMapping.of(settings.inputs().find(table).orElseThrow(), money(), problems);
    problems.throwIfAny();
    return mapping;
  }

  public IndicatorPlan plan() {
    Problems problems = new Problems();
    IndicatorPlan plan = IndicatorPlan.of(settings, problems);
    problems.throwIfAny();
    return plan;
  }

  /** The rows of transactions, with the columns that the indicators need. */
  public InputRows rows(Dataset<Row> source, String asOf) {
    return rows(InputTable.TRANSACTIONS, source, Optional.empty(), asOf);
  }

  /** The rows of an input, with the columns that the indicators need. */
  public InputRows rows(
      InputTable table, Dataset<Row> source, Optional<Aliases> aliases, String asOf) {
    InputRows rows =
        InputRows.of(
            source, mapping(table), aliases, day(asOf), plan().inputColumns(table, day(asOf)), 4);
    return plan().comparesPrices(table, day(asOf)) ? rows.pricedBy(rows) : rows;
  }

  /** The measures and tallies of every customer with a candidate row. */
  public Dataset<Row> measures(InputRows rows, List<Measure.Use> uses, String asOf) {
    return measures(List.of(rows), uses, asOf);
  }

  /** The measures and tallies over several inputs. */
  public Dataset<Row> measures(List<InputRows> inputs, List<Measure.Use> uses, String asOf) {
    return new CustomerMeasures(money(), uses, Period.lifetime(day(asOf))).of(inputs);
  }

  /** The measures and tallies of transactions, with the given optional columns. */
  public Dataset<Row> measures(
      Dataset<Row> source, List<Measure.Use> uses, Set<String> used, String asOf) {
    return measures(
        InputRows.of(source, mapping(), Optional.empty(), day(asOf), used, 4), uses, asOf);
  }

  /** The indicators of every customer with a used row. */
  public Dataset<Row> indicators(Dataset<Row> source, String asOf) {
    return indicators(List.of(rows(source, asOf)), asOf);
  }

  /** The indicators of every customer with a used row of any input. */
  public Dataset<Row> indicators(List<InputRows> inputs, String asOf) {
    IndicatorPlan plan = plan();
    Column isNamed =
        inputs.stream()
            .map(input -> col(new RowCountColumns(input.table()).usedRows()).gt(0))
            .reduce(lit(false), Column::or);
    Dataset<Row> customers = measures(inputs, plan.uses(day(asOf)), asOf).filter(isNamed);
    return plan.compute(customers, day(asOf));
  }

  private Money money() {
    return new Money(settings.moneyScale());
  }

  private static LocalDate day(String asOf) {
    return LocalDate.parse(asOf);
  }
}
