package io.karat.expressions;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * A condition on one column alone, made of comparisons with literals, which can be tried out
 * without data. Numbers, words and flags are known to it; days are not.
 *
 * <p>It keeps to the three values of SQL: where the column is unknown, most comparisons are neither
 * true nor false.
 */
public final class ColumnCondition {
  /** None that anybody writes. */
  private static final String OTHER_WORD = "\0";

  private final String column;
  private final Set<Object> literals;
  private final Test test;

  private ColumnCondition(String column, Set<Object> literals, Test test) {
    this.column = column;
    this.literals = Collections.unmodifiableSet(new LinkedHashSet<>(literals));
    this.test = test;
  }

  /** The condition that an expression is; none where it is anything else. */
  static Optional<ColumnCondition> of(Expression expression) {
    ConditionReader reader = new ConditionReader();
    return reader
        .read(expression)
        .filter(test -> reader.columns().size() == 1 && reader.isOfOneKind())
        .map(test -> new ColumnCondition(reader.columns().first(), reader.literals(), test));
  }

  /** The column's name, as written. */
  public String column() {
    return column;
  }

  /** What the column is compared with: numbers, words or flags. */
  public Set<Object> literals() {
    return literals;
  }

  /**
   * Whether it is true of a value.
   *
   * @param value a number, word or flag; none where the column is unknown
   */
  public boolean holds(Optional<Object> value) {
    return test.of(value) == Truth.TRUE;
  }

  /**
   * Values between which no condition with these literals can tell a difference: each literal,
   * numbers below, between and above them, a word that is none of them, and no value.
   */
  public static List<Optional<Object>> representatives(Set<Object> literals) {
    List<Optional<Object>> values = new ArrayList<>(List.of(Optional.empty()));
    if (literals.isEmpty()) {
      values.add(Optional.of(OTHER_WORD));
    }
    TreeSet<BigDecimal> numbers = new TreeSet<>();
    for (Object literal : literals) {
      values.add(Optional.of(literal));
      if (literal instanceof BigDecimal number) {
        numbers.add(number);
      } else {
        values.add(Optional.of(literal instanceof Boolean flag ? !flag : OTHER_WORD));
      }
    }

    for (BigDecimal number : numbers) {
      BigDecimal higher = numbers.higher(number);
      BigDecimal above =
          higher == null
              ? number.add(BigDecimal.ONE)
              : number.add(higher).multiply(new BigDecimal("0.5"));
      values.add(Optional.of(above));
    }
    if (!numbers.isEmpty()) {
      values.add(Optional.of(numbers.first().subtract(BigDecimal.ONE)));
    }
    return values;
  }

  /** What SQL says of a comparison. */
  enum Truth {
    /** It holds. */
    TRUE,
    /** It does not. */
    FALSE,
    /** Something in it is unknown. */
    UNKNOWN;

    static Truth of(boolean holds) {
      return holds ? TRUE : FALSE;
    }

    Truth not() {
      return switch (this) {
        case TRUE -> FALSE;
        case FALSE -> TRUE;
        case UNKNOWN -> UNKNOWN;
      };
    }

    Truth and(Truth other) {
      if (this == FALSE || other == FALSE) {
        return FALSE;
      }
      return this == TRUE && other == TRUE ? TRUE : UNKNOWN;
    }

    Truth or(Truth other) {
      return not().and(other.not()).not();
    }
  }

  /** A condition as a function of the column's value. */
  interface Test {
    Truth of(Optional<Object> value);
  }
}
