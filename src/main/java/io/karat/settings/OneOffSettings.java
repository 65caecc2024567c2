package io.karat.settings;

import io.karat.settings.yaml.Location;
import java.math.BigDecimal;
import java.util.List;

/**
 * Settings of the one-off big ticket flag, which keeps a customer out of the first class and tiers.
 * A flagged customer meets all limits, and its two largest transactions are as large as the first
 * class begins.
 *
 * @param share the least share of lifetime net sales in the two largest transactions, 0 to 1
 * @param quietIntervals the least time without a sale, in median intervals of repeat customers
 * @param quietDays the fewest days without a sale, up to the as-of day
 */
public record OneOffSettings(
    BigDecimal share, BigDecimal quietIntervals, int quietDays, Location at) {
  public static final String TWO_LARGEST = "largest_two_transactions_amount";
  public static final String NET_SALES = "net_sales_amount_lifetime";
  public static final String RECENCY = "recency_days";
  public static final String LAST_SALE = "last_sale_date";

  /** The cost of contacts since the last sale, which is published of those who are flagged. */
  public static final String SERVICE_COST = "service_cost_since_sale";

  /** The columns of {@code customer_indicators} that the flag needs. */
  public static final List<String> INDICATORS = List.of(TWO_LARGEST, NET_SALES, RECENCY, LAST_SALE);
}
