package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.List;

/**
 * When a customer is a one-off big ticket, which is never in the first class.
 *
 * @param share the least part of lifetime net sales that the two largest transactions make, 0 to 1
 * @param quietDays how many days, up to the as-of day, are without any sale
 */
public record OneOffSettings(BigDecimal share, int quietDays, Location at) {
  public static final String TWO_LARGEST = "largest_two_transactions_amount";
  public static final String NET_SALES = "net_sales_amount_lifetime";
  public static final String RECENCY = "recency_days";

  /** The columns of {@code customer_indicators} that it looks at. */
  public static final List<String> INDICATORS = List.of(TWO_LARGEST, NET_SALES, RECENCY);
}
