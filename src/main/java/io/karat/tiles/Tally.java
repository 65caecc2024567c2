package io.karat.tiles;

import java.util.List;

/** The columns in which a customer's rows are counted, beside its measures. */
public final class Tally {
  public static final String USED_ROWS = "tally_used_rows";
  public static final String USED_AMOUNT = "tally_used_row_amount";
  public static final String DUPLICATE_ROWS = "tally_duplicate_rows";
  public static final String DUPLICATE_AMOUNT = "tally_duplicate_row_amount";

  /** Lines of a transaction that adds up to less than zero. */
  public static final String REFUSED_ROWS = "tally_refused_rows";

  public static final String REFUSED_AMOUNT = "tally_refused_row_amount";

  /** All of them: counts of rows, and sums of absolute amounts. */
  public static final List<String> NAMES =
      List.of(
          USED_ROWS, USED_AMOUNT, DUPLICATE_ROWS, DUPLICATE_AMOUNT, REFUSED_ROWS, REFUSED_AMOUNT);

  private Tally() {}
}
