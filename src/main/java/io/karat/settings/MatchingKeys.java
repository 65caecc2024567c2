package io.karat.settings;

import io.karat.settings.MatchingSettings.Compare;
import io.karat.settings.MatchingSettings.Field;
import io.karat.settings.yaml.EnumShape;
import io.karat.settings.yaml.JsonSchema;
import io.karat.settings.yaml.Key;
import io.karat.settings.yaml.KeywordOr;
import io.karat.settings.yaml.ListOf;
import io.karat.settings.yaml.MapOf;
import io.karat.settings.yaml.ObjectFields;
import io.karat.settings.yaml.ObjectShape;
import io.karat.settings.yaml.OptionalBlock;
import io.karat.settings.yaml.ScalarShape;
import io.karat.settings.yaml.Shapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys under {@code matching}. */
final class MatchingKeys {
  private static final int MOST_FIELDS = 16;
  private static final int MOST_RULES = 20;
  private static final int MOST_IN_BLOCK = 100_000;

  private static final Key<String> COLUMN =
      Key.optional(
          "column",
          Shapes.text("a column of customers, or Spark SQL over the source's columns"),
          "A mapped column or characteristic of customers, or Spark SQL over the source's columns;"
              + " by default the column of this name.");
  private static final Key<Compare> COMPARE =
      Key.optional(
          "compare",
          EnumShape.of(Compare.class),
          "How two values are compared; by default as is usual for a field of this name, else as"
              + " text.");
  private static final Key<Map<String, Field>> FIELDS =
      Key.byDefault(
          "fields",
          new MapOf<>(
              ObjectShape.of(List.of(COLUMN, COMPARE), MatchingKeys::field),
              "a mapping of names to fields such as phone: {compare: digits}",
              true),
          "{}",
          "What customers are compared by; by default the columns of customers with usual names.");
  private static final Key<List<List<String>>> BLOCK =
      Key.byDefault(
          "block",
          new ListOf<>(
              new ListOf<>(
                  ScalarShape.of(
                      "a field, or the start of one such as name_start",
                      JsonSchema.text(),
                      text -> Optional.of(text.strip())),
                  "a field or a list of them",
                  1,
                  true),
              "a list of rules such as [[tax_id], [name_start, postcode]]",
              0,
              false),
          "[]",
          "Customers equal in all terms of a rule are compared; by default one rule for each field,"
              + " and the start of a name with each other field.");
  private static final Key<Integer> MOST =
      Key.byDefault(
          "most_in_block",
          Shapes.wholeNumber(2, MOST_IN_BLOCK),
          "5000",
          "Customers of one block; larger blocks are left out and named.");
  private static final Key<BigDecimal> REVIEW =
      Key.byDefault(
          "review", Shapes.share(1), "0.7", "The probability from which on a pair is listed.");
  private static final Key<BigDecimal> ACCEPT =
      Key.byDefault(
          "accept",
          Shapes.share(1),
          "0.99",
          "The probability from which on a pair is proposed and forms clusters.");
  private static final Key<Optional<BigDecimal>> PRIOR =
      Key.byDefault(
          "prior",
          new KeywordOr<>("auto", Shapes.part()),
          "auto",
          "The probability that two customers taken at random are one; auto estimates it.");

  private MatchingKeys() {}

  static Key<Optional<MatchingSettings>> key() {
    return Key.optional(
        "matching",
        OptionalBlock.optional(
            ObjectShape.of(
                List.of(FIELDS, BLOCK, MOST, REVIEW, ACCEPT, PRIOR), MatchingKeys::matching)),
        "How karat match finds customers who are in the list more than once; {} takes the"
            + " defaults.");
  }

  private static Field field(ObjectFields fields) {
    return new Field(fields.at().name(), fields.find(COLUMN), fields.find(COMPARE), fields.at());
  }

  private static MatchingSettings matching(ObjectFields fields) {
    Map<String, Field> compared = fields.of(FIELDS);
    List<List<String>> block = fields.of(BLOCK);
    requireAtMost(compared.size(), MOST_FIELDS, FIELDS, fields);
    requireAtMost(block.size(), MOST_RULES, BLOCK, fields);
    BigDecimal review = fields.of(REVIEW);
    BigDecimal accept = fields.of(ACCEPT);
    if (review.compareTo(accept) > 0) {
      fields
          .problems()
          .add(
              fields.at(REVIEW),
              "'%s' is %s, expected at most '%s', which is %s. Lower it."
                  .formatted(
                      fields.at(REVIEW).key(),
                      review.toPlainString(),
                      fields.at(ACCEPT).key(),
                      accept.toPlainString()));
    }
    return new MatchingSettings(
        compared, block, fields.of(MOST), review, accept, fields.of(PRIOR), fields.at());
  }

  private static void requireAtMost(int found, int most, Key<?> key, ObjectFields fields) {
    if (found > most) {
      fields
          .problems()
          .add(
              fields.at(key),
              "'%s' has %d entries, expected at most %d. Leave some out."
                  .formatted(fields.at(key).key(), found, most));
    }
  }
}
