/** Lifetime value of customers: purchase and spend models, fitted by maximum likelihood. */
package io.karat.lifetime;
