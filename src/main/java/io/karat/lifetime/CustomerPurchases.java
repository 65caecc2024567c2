package io.karat.lifetime;

/**
 * A customer with at least one occasion, in the numbers that models use.
 *
 * @param days the number of days with spend above 0
 * @param total the spend on them
 * @param repeatDays the number of such days without the first occasion
 * @param repeatTotal the spend on them
 */
record CustomerPurchases(
    PurchaseHistory history, long days, double total, long repeatDays, double repeatTotal) {}
