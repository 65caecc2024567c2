package io.karat.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.karat.input.Aliases;
import io.karat.input.InputMapping;
import io.karat.input.InputRows;
import io.karat.input.SampledRows;
import io.karat.measures.CustomerMeasures;
import io.karat.measures.Period;
import io.karat.settings.InputTable;
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

  /** Plans to read all inputs but aliases whole. */
  static List<InputPlan> whole(List<NightSource> sources) {
    return sources.stream()
        .filter(source -> source.table() != InputTable.ALIASES)
        .map(source -> InputPlan.whole(source, Optional.empty(), ""))
        .toList();
  }

  /** Reads the aliases, if there are any; starts jobs. */
  AliasRows aliases(List<NightSource> sources) {
    Optional<InputPlan> input =
        sources.stream()
            .filter(source -> source.table() == InputTable.ALIASES)
            .findFirst()
            .map(source -> InputPlan.whole(source, Optional.empty(), ""));
    Optional<InputRows> rows = input.map(it -> rows(it, source(it), Optional.empty()));
    return new AliasRows(
        rows.map(it -> InputAccounts.ofAliases(input.orElseThrow().source(), it)),
        rows.map(it -> Aliases.of(it.candidates().filter(not(col("is_duplicate"))))));
  }

  /** The source's own rows that are read of an input. */
  Dataset<Row> source(InputPlan input) {
    return input.rows(plan.mapping(input.table()));
  }

  /**
   * The rows of an input.
   *
   * @param source the source's own rows
   */
  InputRows rows(InputPlan input, Dataset<Row> source, Optional<Aliases> aliases) {
    Set<String> used =
        input.table() == InputTable.ALIASES
            ? Set.of("alias_id")
            : plan.indicators().inputColumns(input.table(), asOf);
    InputMapping mapping = plan.mapping(input.table());
    SampledRows.of(source, mapping).requireText();
    return InputRows.of(source, mapping, aliases, asOf, used, input.read(), partitions);
  }

  /** The measures of the night. */
  CustomerMeasures measures() {
    return new CustomerMeasures(plan.money(), plan.indicators().uses(asOf), Period.lifetime(asOf));
  }
}
