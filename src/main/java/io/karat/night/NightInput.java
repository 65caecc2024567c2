package io.karat.night;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.karat.settings.InputTable;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a night has read: the measures per customer, and the account of the rows of every input.
 *
 * @param measures one row per customer of whom a row is used, in any input
 * @param customers how many there are
 * @param accounts one per input, transactions first
 */
public record NightInput(Dataset<Row> measures, long customers, List<InputAccount> accounts) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public NightInput {
    accounts = List.copyOf(accounts);
  }

  NightInput with(List<InputAccount> changed) {
    return new NightInput(measures, customers, changed);
  }

  InputAccount transactions() {
    return accounts.stream()
        .filter(account -> account.table() == InputTable.TRANSACTIONS)
        .findFirst()
        .orElseThrow();
  }

  /** What a later run wants to know of the inputs, to be kept with the commit. */
  JsonNode facts() {
    ObjectNode facts = JSON.createObjectNode();
    accounts.forEach(account -> account.describe(facts.putObject(account.name())));
    return facts;
  }
}
