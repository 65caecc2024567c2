/** Search for duplicate customers: pairs by blocks, weights by Fellegi and Sunter, clusters. */
package io.karat.matching;
