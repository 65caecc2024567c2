package io.karat.quality;

import static io.karat.quality.PlainNumbers.percent;

import io.karat.settings.BilingualText;
import io.karat.settings.Checks.Limit;
import io.karat.settings.Translations;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Overlap of the customers of an input with those of the leading one.
 *
 * @param table the input
 * @param leading the leading input
 * @param customers the customers of the input
 * @param leadingCustomers the customers of the leading input
 * @param both the customers of both
 * @param form the form of an id that the input has alone, see {@link #formOf}; empty if there is
 *     none
 * @param leadingForm the same of the leading input
 */
public record CustomerOverlap(
    String table,
    String leading,
    long customers,
    long leadingCustomers,
    long both,
    String form,
    String leadingForm) {
  private static final int LONGEST = 24;
  private static final int FEW_CUSTOMERS = 2;

  /** How an id is written, without saying whose it is: 9 for a digit, A and a for a letter. */
  public static String formOf(String id) {
    String form =
        id.replaceAll("\\p{Lu}", "A").replaceAll("[\\p{L}&&[^A]]", "a").replaceAll("\\p{Nd}", "9");
    return form.length() > LONGEST ? form.substring(0, LONGEST) + "…" : form;
  }

  /** The same with the forms of ids. */
  public CustomerOverlap with(String own, String ofLeading) {
    return new CustomerOverlap(table, leading, customers, leadingCustomers, both, own, ofLeading);
  }

  /**
   * The check that of the one with fewer customers most are in the other too; none where there are
   * too few to tell.
   */
  public Optional<CheckResult> check(Limit limit) {
    if (fewer() < FEW_CUSTOMERS) {
      return Optional.empty();
    }

    boolean isSmaller = customers <= leadingCustomers;
    BigDecimal share = InputChecks.share(unmatched(), fewer());
    return Optional.of(
        CheckResult.atMost(
            limit,
            "unmatched_customers",
            table,
            "share_of_customers",
            Optional.of(share),
            Translations.text(
                "check.unmatched_customers",
                unmatched(),
                fewer(),
                isSmaller ? table : leading,
                isSmaller ? leading : table,
                percent(share, limit.max()),
                percent(limit.max()),
                isBelow(limit.max()) ? advice() : "")));
  }

  private BilingualText advice() {
    return Translations.text("check.unmatched_customers.advice", table, form, leading, leadingForm);
  }

  /** Whether the larger one lacks more than a share of the customers of the other. */
  public boolean isBelow(BigDecimal share) {
    return BigDecimal.valueOf(unmatched()).compareTo(share.multiply(BigDecimal.valueOf(fewer())))
        > 0;
  }

  private long fewer() {
    return Math.min(customers, leadingCustomers);
  }

  private long unmatched() {
    return fewer() - both;
  }
}
