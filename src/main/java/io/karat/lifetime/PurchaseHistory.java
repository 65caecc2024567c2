package io.karat.lifetime;

/**
 * The purchase history of a customer, as far as a purchase model uses it. Times are in any one
 * unit; a night counts days. Times out of order are an error.
 *
 * @param repeats x, the occasions after the first
 * @param last t_x, the time from the first occasion to the last
 * @param age T, the time from the first occasion to the as-of day
 */
public record PurchaseHistory(long repeats, double last, double age) {
  public PurchaseHistory {
    boolean isInOrder = repeats >= 0 && last >= 0 && last <= age && Double.isFinite(age);
    if (!isInOrder) {
      throw new IllegalArgumentException(
          "Invalid purchase history (%d, %s, %s): expected 0 <= repeats, 0 <= last <= age"
              .formatted(repeats, last, age));
    }
  }
}
