/** Groups of customers: chains of parents, and what the customers of a group are worth together. */
package io.karat.groups;
