package io.karat.expressions;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnConditionTest {
  /** The values, of 1 to 5 and null (-), for which a condition on x is true. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x = 3                       | 3",
        "3 = x                       | 3",
        "x <> 3                      | 1 2 4 5",
        "x != 3.0                    | 1 2 4 5",
        "x < 3                       | 1 2",
        "3 > x                       | 1 2",
        "x <= 3L                     | 1 2 3",
        "x > 3.5                     | 4 5",
        "3 <= x                      | 3 4 5",
        "x > -1e0                    | 1 2 3 4 5",
        "x BETWEEN 2 AND 3           | 2 3",
        "x NOT BETWEEN 2 AND 3       | 1 4 5",
        "x IN (1, 5)                 | 1 5",
        "x NOT IN (1, 5)             | 2 3 4",
        "x IS NULL                   | -",
        "x IS NOT NULL               | 1 2 3 4 5",
        "x <=> 3                     | 3",
        "x IS DISTINCT FROM 3        | 1 2 4 5 -",
        "NOT x > 3                   | 1 2 3",
        "x > 3 OR x IS NULL          | 4 5 -",
        "x > 1 AND x < 4             | 2 3",
        "NOT (x > 1 AND x < 4)       | 1 4 5",
        "x > 3 AND (x < 5 OR x = 5)  | 4 5",
        "x < 3 AND x > 3             | ``",
      })
  void isTrueAsInSql(String sql, String expected) {
    ColumnCondition condition = condition(sql).orElseThrow();
    StringBuilder holding = new StringBuilder();
    for (int value = 1; value <= 5; value++) {
      if (condition.holds(Optional.of(new BigDecimal(value)))) {
        holding.append(value).append(' ');
      }
    }
    if (condition.holds(Optional.empty())) {
      holding.append("- ");
    }

    assertEquals("x", condition.column());
    assertEquals(expected, holding.toString().strip());
  }

  @Test
  void wordsAndFlagsAreComparedToo() {
    ColumnCondition word = condition("x = 'A' OR x = 'B'").orElseThrow();
    ColumnCondition flag = condition("NOT x").orElseThrow();
    ColumnCondition isNotFalse = condition("x IS NOT FALSE").orElseThrow();

    assertEquals(true, word.holds(Optional.of("B")));
    assertEquals(false, word.holds(Optional.of("C")));
    assertEquals(Set.of("A", "B"), word.literals());
    assertEquals(true, flag.holds(Optional.of(false)));
    assertEquals(false, flag.holds(Optional.of(true)));
    assertEquals(false, flag.holds(Optional.empty()));
    assertEquals(true, isNotFalse.holds(Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x > y",
        "x > 3 AND y > 3",
        "x > 1 + 1",
        "abs(x) > 3",
        "x > NULL",
        "x IN (1, NULL)",
        "x > 'a'",
        "x BETWEEN 'a' AND 'b'",
        "x = 1 OR x = 'a'",
        "x > DATE '2026-03-01'",
        "x.y > 3",
        "1 = 1",
        "true",
        "x LIKE 'a%'",
        "CASE WHEN x > 3 THEN true END",
      })
  void anythingElseIsNotJudged(String sql) {
    assertEquals(Optional.empty(), condition(sql));
  }

  @Test
  void everyPieceOfTheLineHasItsRepresentative() {
    assertEquals(
        List.of(
            Optional.empty(),
            Optional.of(new BigDecimal("3")),
            Optional.of(new BigDecimal("7")),
            Optional.of(new BigDecimal("5.0")),
            Optional.of(new BigDecimal("8")),
            Optional.of(new BigDecimal("2"))),
        ColumnCondition.representatives(condition("x > 3 OR x = 7").orElseThrow().literals()));
    assertEquals(
        List.of(Optional.empty(), Optional.of("A"), Optional.of("\0")),
        ColumnCondition.representatives(Set.of("A")));
    assertEquals(
        List.of(Optional.empty(), Optional.of(true), Optional.of(false)),
        ColumnCondition.representatives(Set.of(true)));
    assertEquals(
        List.of(Optional.empty(), Optional.of("\0")), ColumnCondition.representatives(Set.of()));
  }

  @Test
  void wordsThatAreComparedAreFoundAnywhere() {
    assertEquals(
        Map.of("x", Set.of("A", "B", "C"), "y", Set.of("D"), "z", Set.of()),
        RowExpression.parse(
                "(x = 'A' AND z = 3) OR x NOT IN ('B', 'C') OR ('D' <=> y AND w LIKE 'E')")
            .comparedWords());
  }

  private static Optional<ColumnCondition> condition(String sql) {
    return RowExpression.parse(sql).asColumnCondition();
  }
}
