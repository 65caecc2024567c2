package io.karat.matching;

import io.karat.matching.BlockingRule.Term;
import io.karat.settings.InputSettings;
import io.karat.settings.MatchingSettings.Compare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fields that usually tell customers apart, by the names that their columns usually have. */
final class UsualFields {
  private static final Map<String, Compare> COMPARED = new LinkedHashMap<>();

  static {
    put(Compare.NAME, "display_name name given_name first_name surname last_name family_name");
    put(Compare.EXACT, "tax_id vat_id registration_number national_id soc_sec_id");
    put(Compare.DIGITS, "phone mobile telephone fax postcode postal_code zip_code");
    put(Compare.TEXT, "email address street city suburb");
    put(Compare.DATE, "birth_date date_of_birth");
  }

  /** What too many customers have in common to be compared for it alone. */
  private static final Set<String> NEVER_ALONE =
      Set.of(
          "given_name",
          "first_name",
          "surname",
          "last_name",
          "family_name",
          "postcode",
          "postal_code",
          "zip_code",
          "street",
          "city",
          "suburb");

  private UsualFields() {}

  private static void put(Compare compare, String names) {
    Arrays.stream(names.split(" ")).forEach(name -> COMPARED.put(name, compare));
  }

  static Set<String> names() {
    return COMPARED.keySet();
  }

  /** How a field of this name is usually compared; empty for other names. */
  static Optional<Compare> compare(String name) {
    return Optional.ofNullable(COMPARED.get(name));
  }

  /** The usual fields that customers have, with their comparisons. */
  static Map<String, Compare> among(InputSettings customers) {
    Map<String, Compare> found = new LinkedHashMap<>(COMPARED);
    found.keySet().removeIf(name -> !customers.has(name));
    return found;
  }

  /** One rule for each field that is rare enough, and the start of a name with each other field. */
  static List<BlockingRule> rules(List<MatchField> fields) {
    List<BlockingRule> rules = new ArrayList<>();
    fields.stream()
        .filter(field -> !NEVER_ALONE.contains(field.name()))
        .forEach(field -> rules.add(new BlockingRule(List.of(new Term(field, false)))));
    fields.stream()
        .filter(field -> field.compare() == Compare.NAME)
        .findFirst()
        .ifPresent(
            name ->
                fields.stream()
                    .filter(field -> !field.equals(name))
                    .forEach(
                        field ->
                            rules.add(
                                new BlockingRule(
                                    List.of(new Term(name, true), new Term(field, false))))));
    return rules;
  }
}
