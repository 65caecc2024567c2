package io.karat.settings;

/** Customers whom a model ranks; the others have no class, tier or bin. */
public enum RankedPopulation {
  /** Customers with a sale at any time up to the as-of day. */
  BUYERS,
  /** All customers, prospects included. */
  EVERYBODY,
  /** Key customers, as the rule of {@link BuyerTypes} says; for buyer types alone. */
  KEY_CUSTOMERS;

  /** The column of {@code customer_indicators} that is known of buyers only. */
  public static final String BOUGHT = "recency_days";
}
