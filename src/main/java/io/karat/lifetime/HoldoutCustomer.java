package io.karat.lifetime;

/**
 * A customer of a back-test: what was known before the holdout, and what happened in it.
 *
 * @param bought on how many days of the holdout the customer came
 * @param sales what was spent on them
 */
record HoldoutCustomer(CustomerPurchases buyer, long bought, double sales) {}
