package io.karat.lifetime;

/**
 * A customer of a back-test: the purchases before the holdout, and those in it.
 *
 * @param bought the number of days of the holdout on which the customer came
 * @param sales the spend on them
 */
record HoldoutCustomer(CustomerPurchases buyer, long bought, double sales) {}
