package io.karat.input;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of all rows of an input. Every row is in exactly one of the five terms that add up to
 * those read; so are the absolute amounts of the rows whose amount can be read.
 *
 * @param rounding what {@code round_amounts} added to the amounts, negative where it took away
 */
public record InputBalance(
    Term read,
    Term used,
    Term excluded,
    Term afterAsOf,
    Term quarantined,
    Term duplicate,
    BigDecimal rounding) {

  /** Rows, and the sum of their absolute amounts. */
  public record Term(long rows, BigDecimal amount) {
    public static final Term NONE = new Term(0, BigDecimal.ZERO);

    public Term plus(Term other) {
      return new Term(rows + other.rows, amount.add(other.amount));
    }
  }

  /** The terms by name, those read first. */
  public Map<String, Term> terms() {
    Map<String, Term> terms = new LinkedHashMap<>();
    terms.put("read", read);
    terms.put("used", used);
    terms.put("excluded", excluded);
    terms.put("after_as_of", afterAsOf);
    terms.put("quarantined", quarantined);
    terms.put("duplicate", duplicate);
    return terms;
  }

  /** What the five terms add up to. */
  public Term accountedFor() {
    return used.plus(excluded).plus(afterAsOf).plus(quarantined).plus(duplicate);
  }

  /** Whether every row and every amount is accounted for, to the last decimal. */
  public boolean holds() {
    return read.rows() == accountedFor().rows()
        && read.amount().compareTo(accountedFor().amount()) == 0;
  }
}
