package io.karat.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.karat.run.UsageException;
import io.karat.settings.ConfigurationReader;
import io.karat.settings.MatchingSettings.Compare;
import io.karat.settings.Settings;
import io.karat.settings.yaml.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of searches for duplicates. */
class MatchPlanTest {
  private static final String CUSTOMERS =
      """
      inputs:
        customers:
          path: data/customers
          columns: {customer_id: id, display_name: "concat(first, last)"}
          characteristics:
            phone: category
            postcode: category
            birth_date: date
            region: category
      """;

  @Test
  void fieldsAndRulesFollowFromUsualNames() {
    MatchPlan plan = plan(CUSTOMERS + "matching: {}\n");

    assertEquals(
        List.of("display_name NAME", "phone DIGITS", "postcode DIGITS", "birth_date DATE"),
        plan.fields().stream().map(it -> it.name() + " " + it.compare()).toList());
    assertEquals(
        List.of(
            "display_name",
            "phone",
            "birth_date",
            "display_name_start + phone",
            "display_name_start + postcode",
            "display_name_start + birth_date"),
        plan.rules().stream().map(BlockingRule::name).toList());
    assertEquals(
        "concat(first, last)",
        plan.input().characteristics().values().iterator().next().value().sql());
  }

  @Test
  void fieldsTakeAMappedColumnOrTheSourceAndRulesMayNameOthers() {
    MatchPlan plan =
        plan(
            CUSTOMERS
                + """
                matching:
                  fields:
                    name: {column: display_name, compare: name}
                    tax_id: {column: upper(tax), compare: exact}
                    birth_date: {}
                    note: {}
                  block: [tax_id, [name_start, city]]
                """);

    assertEquals(
        List.of(Compare.NAME, Compare.EXACT, Compare.DATE, Compare.TEXT),
        plan.fields().stream().map(MatchField::compare).toList());
    assertEquals(
        List.of("concat(first, last)", "upper(tax)", "birth_date", "note", "city"),
        plan.input().characteristics().values().stream().map(it -> it.value().sql()).toList());
    assertEquals(
        List.of("tax_id", "name_start + city"),
        plan.rules().stream().map(BlockingRule::name).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "currency: EUR | Cannot look for duplicates: 'matching' is not configured. Add 'matching: {}',"
            + " or with fields of your own.",
        "matching: {fields: {note: {column: 'rand()'}}} | karat.yaml:10: 'matching': function"
            + " 'rand' is not allowed: its result differs from run to run. 'karat dictionary"
            + " --functions' lists the allowed functions.",
      })
  void whatCannotBePlannedSaysWhy(String more, String message) {
    UsageException wrong = assertThrows(UsageException.class, () -> plan(CUSTOMERS + more + "\n"));

    assertEquals(message, String.valueOf(wrong.getMessage()).lines().findFirst().orElseThrow());
  }

  @Test
  void customersWithoutUsualFieldsNeedFieldsOfTheirOwn() {
    UsageException wrong =
        assertThrows(
            UsageException.class,
            () ->
                plan(
                    """
                    inputs: {customers: {path: c, columns: {customer_id: id}}}
                    matching: {}
                    """));

    assertEquals(
        "karat.yaml:2: 'matching.fields' is empty, and no column of customers has a usual name:"
            + " expected one of display_name, name, given_name, first_name, surname, last_name,"
            + " family_name, tax_id, vat_id, registration_number, national_id, soc_sec_id, phone,"
            + " mobile, telephone, fax, postcode, postal_code, zip_code, email, address, street, city,"
            + " suburb, birth_date, date_of_birth. Name the fields.",
        wrong.getMessage());
  }

  @Test
  void withoutCustomersThereIsNobodyToCompare() {
    UsageException wrong =
        assertThrows(
            UsageException.class,
            () ->
                plan(
                    """
                    inputs:
                      contacts: {path: c, columns: {customer_id: c, contact_time: t, type: k}}
                    matching: {}
                    """));

    assertEquals(
        "Cannot look for duplicates: 'inputs.customers' is not configured. Map the table that has"
            + " names and addresses.",
        wrong.getMessage());
  }

  static MatchPlan plan(String yaml) {
    Problems problems = new Problems();
    Settings settings = ConfigurationReader.read("karat.yaml", yaml, Map.of(), List.of(), problems);
    problems.throwIfAny();
    return MatchPlan.of(settings);
  }
}
