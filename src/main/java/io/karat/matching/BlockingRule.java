package io.karat.matching;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;

/** Rule by which pairs are chosen: customers who are equal in all its terms are compared. */
record BlockingRule(List<Term> terms) {
  private static final int START_LENGTH = 4;

  /** Ending of the name of a term that is the start of a field. */
  static final String START = "_start";

  BlockingRule {
    terms = List.copyOf(terms);
  }

  /**
   * Term of a rule.
   *
   * @param isStart whether only the first {@value #START_LENGTH} characters count
   */
  record Term(MatchField field, boolean isStart) {
    Column value() {
      Column value = col(field.column());
      return isStart ? substring(regexp_replace(value, " ", ""), 1, START_LENGTH) : value;
    }

    String name() {
      return isStart ? field.name() + START : field.name();
    }
  }

  String name() {
    return String.join(" + ", terms.stream().map(Term::name).toList());
  }

  /** Whether all pairs of a block agree on a field, at least in part. */
  boolean uses(MatchField field) {
    return terms.stream().anyMatch(term -> term.field().name().equals(field.name()));
  }

  /** The block of a customer; null if a term is unknown. */
  Column block() {
    Column isKnown =
        terms.stream().map(term -> term.value().isNotNull()).reduce(lit(true), Column::and);
    return when(isKnown, concat_ws(" | ", terms.stream().map(Term::value).toArray(Column[]::new)));
  }
}
