package io.karat.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of the keys under {@code matching}. */
class MatchingKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "matching: false\n"})
  void nothingIsMatchedUnlessItIsAskedFor(String yaml) {
    assertEquals(Optional.empty(), read(yaml).matching());
  }

  @Test
  void everyKeyHasADefault() {
    MatchingSettings matching = read("matching: {}\n").matching().orElseThrow();

    assertEquals(Map.of(), matching.fields());
    assertEquals(List.of(), matching.block());
    assertEquals(5_000, matching.mostInBlock());
    assertEquals(new BigDecimal("0.7"), matching.review());
    assertEquals(new BigDecimal("0.99"), matching.accept());
    assertEquals(Optional.empty(), matching.prior());
  }

  @Test
  void aNightDoesNotDependOnMatching() {
    assertEquals(read("").canonical(), read("matching: {accept: 0.9}\n").canonical());
    assertFalse(
        read("matching: {}\n")
            .canonicalMatching()
            .equals(read("matching: {accept: 0.9}\n").canonicalMatching()));
    assertEquals(
        read("matching: {}\n").canonicalMatching(),
        read("matching: {accept: 0.99}\nmovement: false\n").canonicalMatching());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{field: {}}            | unknown key 'matching.field'. Did you mean 'matching.fields'?",
        "{fields: {a: {compare: like}}} | 'matching.fields.a.compare' is 'like', expected name,"
            + " text, digits, exact or date.",
        "{block: name}          | 'matching.block' is 'name', expected a list of rules such as"
            + " [[tax_id], [name_start, postcode]].",
        "{most_in_block: 1}     | 'matching.most_in_block' is '1', expected a whole number from 2 to"
            + " 100000.",
        "{review: 0.9, accept: 0.8} | 'matching.review' is 0.9, expected at most 'matching.accept',"
            + " which is 0.8. Lower it.",
        "{prior: 0}             | 'matching.prior' is '0', expected auto or a number above 0 and at"
            + " most 1, or a percentage such as 20%.",
        "{fields: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {}, j: {}, k: {}, l: {},"
            + " m: {}, n: {}, o: {}, p: {}, q: {}}} | 'matching.fields' has 17 entries, expected at"
            + " most 16. Leave some out.",
      })
  void mistakesAreReported(String written, String problem) {
    assertEquals(
        List.of("karat.yaml:8: " + problem),
        Configurations.problemsOf("matching: " + written + "\n"));
  }

  private static Settings read(String more) {
    return Configurations.read(Configurations.LEAST + more);
  }
}
