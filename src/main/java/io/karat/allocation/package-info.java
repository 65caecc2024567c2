/** Effort, such as visits or a budget, among tiers of customers and the customers in them. */
package io.karat.allocation;
