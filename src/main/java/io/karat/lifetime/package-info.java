/** What customers will buy: purchase and spend models, fitted by maximum likelihood. */
package io.karat.lifetime;
