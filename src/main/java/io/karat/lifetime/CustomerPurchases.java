package io.karat.lifetime;

/**
 * A customer with at least one occasion, as the models see it.
 *
 * @param days on how many days more than nothing was spent
 * @param total what was spent on them
 * @param repeatDays the same without the first occasion
 */
record CustomerPurchases(
    PurchaseHistory history, long days, double total, long repeatDays, double repeatTotal) {}
