package io.karat.ranks;

import java.io.Serializable;
import java.math.BigInteger;

/**
 * The customers of a series with the same value.
 *
 * @param series the key of the {@link Series}
 * @param value in units of its last decimal
 * @param customers their number, at least 1
 * @param added the sum of their positive values in another column; 0 if there is none
 */
record ValueCount(long series, BigInteger value, long customers, BigInteger added)
    implements Serializable {}
