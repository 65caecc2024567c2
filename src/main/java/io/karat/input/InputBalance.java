package io.karat.input;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The balance of an input: every row is in exactly one of five terms, which add up to the rows
 * read. So do their absolute amounts, over the rows whose amount is readable.
 *
 * @param rounding the sum that {@code round_amounts} added to the amounts, negative if it took away
 */
public record InputBalance(
    Term read,
    Term used,
    Term excluded,
    Term afterAsOf,
    Term quarantined,
    Term duplicate,
    BigDecimal rounding) {

  /** A number of rows and the sum of their absolute amounts. */
  public record Term(long rows, BigDecimal amount) {
    public static final Term NONE = new Term(0, BigDecimal.ZERO);

    public Term plus(Term other) {
      return new Term(rows + other.rows, amount.add(other.amount));
    }
  }

  /** The terms by name, {@code read} first. */
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

  /** The sum of the five terms. */
  public Term accountedFor() {
    return used.plus(excluded).plus(afterAsOf).plus(quarantined).plus(duplicate);
  }

  /** Whether every row and every amount is accounted for, to the last decimal. */
  public boolean holds() {
    return read.rows() == accountedFor().rows()
        && read.amount().compareTo(accountedFor().amount()) == 0;
  }
}
