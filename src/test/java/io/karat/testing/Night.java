package io.karat.testing;

import static org.apache.spark.sql.functions.col;

import io.karat.frame.Money;
import io.karat.frame.RowExpression;
import io.karat.indicators.IndicatorPlan;
import io.karat.input.EventTable;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.Expression;
import io.karat.settings.InputSettings;
import io.karat.settings.InputSettings.Grain;
import io.karat.settings.Problems;
import io.karat.settings.Settings;
import io.karat.tiles.CustomerMeasures;
import io.karat.tiles.Measure;
import io.karat.tiles.Period;
import io.karat.tiles.Tally;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A night as a business configures it, from source rows to indicators, without files. */
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

  /** The least configuration, changed as {@code --set} does. */
  public static Night with(String... sets) {
    return of(LEAST, sets);
  }

  /** The least configuration that reads lines, changed as {@code --set} does. */
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
   * What is wrong with the indicators of the least configuration.
   *
   * @param indicators what stands under {@code indicators:}, from line 9 on
   */
  public static List<String> problemsWith(String indicators) {
    Problems problems = new Problems();
    String yaml = LEAST + "indicators:\n" + indicators.indent(2);
    Settings settings = ConfigurationReader.read("karat.yaml", yaml, Map.of(), List.of(), problems);
    IndicatorPlan.of(settings, problems);
    return problems.messages();
  }

  public InputMapping mapping() {
    InputSettings input = settings.inputs().transactions();
    Map<String, RowExpression> columns = new LinkedHashMap<>();
    input.columns().forEach((name, expression) -> columns.put(name, parsed(expression)));
    boolean isLines = input.grain() == Grain.LINE;
    List<String> id =
        isLines || !columns.containsKey("transaction_id") ? List.of() : List.of("transaction_id");
    return new InputMapping(
        EventTable.TRANSACTIONS,
        isLines,
        input.key().orElse(id),
        input.prefer().map(Night::parsed),
        input.where().map(Night::parsed),
        columns,
        money(),
        input.roundAmounts());
  }

  public IndicatorPlan plan() {
    Problems problems = new Problems();
    IndicatorPlan plan = IndicatorPlan.of(settings, problems);
    problems.throwIfAny();
    return plan;
  }

  /** The source's rows, with the columns that the indicators need. */
  public InputRows rows(Dataset<Row> source, String asOf) {
    return InputRows.of(source, mapping(), day(asOf), plan().inputColumns(day(asOf)));
  }

  /** Measures and tallies of every customer that has a row not refused on its own. */
  public Dataset<Row> measures(InputRows rows, List<Measure.Use> uses, String asOf) {
    InputMapping mapping = mapping();
    return new CustomerMeasures(
            money(), mapping.isLines(), !mapping.key().isEmpty(), uses, Period.lifetime(day(asOf)))
        .of(rows.candidates());
  }

  /** The same for measures of one's own, which may use the given optional columns. */
  public Dataset<Row> measures(
      Dataset<Row> source, List<Measure.Use> uses, Set<String> used, String asOf) {
    return measures(InputRows.of(source, mapping(), day(asOf), used), uses, asOf);
  }

  /** The indicators of every customer of whom a row is used. */
  public Dataset<Row> indicators(Dataset<Row> source, String asOf) {
    IndicatorPlan plan = plan();
    Dataset<Row> customers =
        measures(rows(source, asOf), plan.uses(day(asOf)), asOf).filter(col(Tally.USED_ROWS).gt(0));
    return plan.compute(customers, day(asOf));
  }

  private Money money() {
    return new Money(settings.moneyScale());
  }

  private static RowExpression parsed(Expression expression) {
    return RowExpression.parse(expression.sql());
  }

  private static LocalDate day(String asOf) {
    return LocalDate.parse(asOf);
  }
}
