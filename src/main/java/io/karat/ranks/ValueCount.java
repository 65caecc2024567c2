package io.karat.ranks;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * Customers with one value.
 *
 * @param series whose value it is: of which column, and of which group
 * @param value in units of its last decimal
 * @param customers how many have it, at least 1
 * @param added the sum of positive values of another column over them; 0 where there is none
 */
record ValueCount(long series, BigInteger value, long customers, BigInteger added)
    implements Serializable {}
