package io.karat.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.groups.GroupMembers;
import io.karat.input.Aliases;
import io.karat.run.Json;
import io.karat.settings.BilingualText;
import io.karat.settings.Translations;
import io.karat.state.CohortMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Input of a night: the measures of each customer and the account of the rows of each input.
 *
 * @param measures one row per customer with a used row in any input
 * @param customers the number of those customers
 * @param aliases the aliases of customers; empty if the input is not configured
 * @param groups groups that count as one customer each; empty unless they do
 * @param markets the sizes of markets, see {@link io.karat.input.Markets}; empty if the input is
 *     not configured
 * @param accounts one per input, the leading one first
 * @param cohorts the months of cohorts
 * @param remarks on the types and files of the sources
 */
public record NightInput(
    Dataset<Row> measures,
    long customers,
    Optional<Aliases> aliases,
    Optional<GroupMembers> groups,
    Optional<Dataset<Row>> markets,
    List<InputAccount> accounts,
    List<CohortMonth> cohorts,
    List<BilingualText> remarks) {
  public NightInput {
    accounts = List.copyOf(accounts);
    cohorts = List.copyOf(cohorts);
    remarks = List.copyOf(remarks);
  }

  NightInput with(List<InputAccount> changed) {
    return new NightInput(measures, customers, aliases, groups, markets, changed, cohorts, remarks);
  }

  /** The same input, with more remarks. */
  NightInput withRemarks(List<BilingualText> more) {
    List<BilingualText> all = Stream.concat(remarks.stream(), more.stream()).toList();
    return new NightInput(measures, customers, aliases, groups, markets, accounts, cohorts, all);
  }

  /** The same input, with remarks on rows that count though something in them looks wrong. */
  NightInput withOddRows() {
    return withRemarks(
        accounts.stream()
            .flatMap(
                account ->
                    account.tallies().oddRows().entrySet().stream()
                        .map(it -> odd(it.getKey(), account.name(), it.getValue())))
            .toList());
  }

  private static BilingualText odd(String what, String input, long rows) {
    return switch (what) {
      case "sum" -> Translations.text("input.odd_customer", input, rows);
      case "due_date" -> Translations.text("input.early_due_date", rows);
      case "sale_date" -> Translations.text("input.late_sale_date", rows);
      case "quantity" -> Translations.text("input.negative_quantity", rows);
      case "discount" -> Translations.text("input.negative_discount", rows);
      case "resolved_time" -> Translations.text("input.early_resolved_time", rows);
      case "closed_date" -> Translations.text("input.early_closed_date", rows);
      default -> throw new IllegalStateException(what);
    };
  }

  /** The same input, with the sizes of markets kept somewhere. */
  NightInput withMarkets(UnaryOperator<Dataset<Row>> saved) {
    return new NightInput(
        measures, customers, aliases, groups, markets.map(saved), accounts, cohorts, remarks);
  }

  /** The account of the input that the night stands on. */
  InputAccount leading() {
    return accounts.get(0);
  }

  /** The facts of the inputs that a later run compares, to be kept with the commit. */
  JsonNode facts() {
    ObjectNode facts = Json.TREES.createObjectNode();
    accounts.forEach(account -> account.describe(facts.putObject(account.name())));
    return facts;
  }
}
