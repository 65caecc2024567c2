package io.karat.segments;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.karat.tables.Columns;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Conditions on indicators in their own units, which together select customers of a segment; no two
 * rules of a model hold for the same customer.
 *
 * @param segment the id of the segment
 * @param conditions all of them hold; empty for all customers
 * @param customers of the training for whom it holds
 * @param purity the share of those who are in the segment, 0 to 1
 */
record Rule(String segment, List<Condition> conditions, long customers, BigDecimal purity) {
  Rule {
    conditions = List.copyOf(conditions);
  }

  /** Whether all conditions hold for the values of a customer, all known. */
  boolean holds(Map<String, Double> values) {
    return conditions.stream().allMatch(it -> it.holds(values.getOrDefault(it.indicator(), 0.0)));
  }

  Column holds() {
    return conditions.stream().map(Condition::holds).reduce(functions.lit(true), Column::and);
  }

  /** The conditions as Spark SQL, which other databases read too. */
  String sql() {
    return conditions.isEmpty()
        ? "TRUE"
        : conditions.stream().map(Condition::sql).collect(joining(" AND "));
  }

  /** A condition {@code indicator >= value} or {@code indicator < value}. */
  record Condition(String indicator, Comparison comparison, BigDecimal value) {
    boolean holds(double number) {
      return switch (comparison) {
        case AT_LEAST -> number >= value.doubleValue();
        case BELOW -> number < value.doubleValue();
      };
    }

    Column holds() {
      Column number = Columns.column(indicator);
      return switch (comparison) {
        case AT_LEAST -> number.geq(functions.lit(value));
        case BELOW -> number.lt(functions.lit(value));
      };
    }

    String sql() {
      return "%s %s %s".formatted(indicator, comparison.sign(), value.toPlainString());
    }
  }

  /** The side of a number on which values are. */
  enum Comparison {
    AT_LEAST(">="),
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    @JsonValue
    String sign() {
      return sign;
    }

    @JsonCreator
    static Comparison of(String sign) {
      return Arrays.stream(values())
          .filter(it -> it.sign.equals(sign))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "Unknown comparison '%s': expected >= or <".formatted(sign)));
    }
  }
}
