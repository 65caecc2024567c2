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
 * A condition on a single column, made of comparisons with literals, which can be evaluated without
 * data. Its literals are numbers, texts or flags; dates are not supported.
 *
 * <p>It has the three-valued logic of SQL: if the column is null, most comparisons are neither true
 * nor false.
 */
public final class ColumnCondition {
  /** A text that no configuration contains. */
  private static final String OTHER_WORD = "\0";

  private final String column;
  private final Set<Object> literals;
  private final Test test;

  private ColumnCondition(String column, Set<Object> literals, Test test) {
    this.column = column;
    this.literals = Collections.unmodifiableSet(new LinkedHashSet<>(literals));
    this.test = test;
  }

  /** The condition that an expression is; empty for any other expression. */
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

  /** The literals that the column is compared with: numbers, texts or flags. */
  public Set<Object> literals() {
    return literals;
  }

  /**
   * Whether the condition is true of a value.
   *
   * @param value a number, text or flag; empty if the column is null
   */
  public boolean holds(Optional<Object> value) {
    return test.of(value) == Truth.TRUE;
  }

  /**
   * One value of each class that conditions with these literals can tell apart: each literal,
   * numbers below, between and above them, a text that is none of them, and null.
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

  /** The result of a comparison in SQL. */
  enum Truth {
    /** The comparison holds. */
    TRUE,
    /** The comparison does not hold. */
    FALSE,
    /** An operand is null. */
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
