package io.karat.allocation;

import static java.util.Comparator.comparing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Apportionment of whole units in proportion to weights between bounds, by largest remainders; of
 * equal remainders the first has the unit.
 */
final class Apportionment {
  private final List<Claim> claims;
  private final List<Integer> units;
  private final List<Integer> free = new ArrayList<>();
  private BigInteger rest;

  /**
   * Claim on units.
   *
   * @param weight not below 0; a claim of weight 0 has its least
   * @param most not below the least
   */
  record Claim(BigInteger weight, int least, int most) {}

  private Apportionment(int total, List<Claim> claims) {
    this.claims = claims;
    this.units = new ArrayList<>(Collections.nCopies(claims.size(), 0));
    this.rest = BigInteger.valueOf(total);
    for (int i = 0; i < claims.size(); i++) {
      if (claims.get(i).weight().signum() > 0) {
        free.add(i);
      } else {
        fix(i, claims.get(i).least());
      }
    }
  }

  /**
   * The units of each claim; fewer than the total where no claim may have more.
   *
   * @param total not below the sum of the least ones
   */
  static List<Integer> of(int total, List<Claim> claims) {
    Apportionment apportionment = new Apportionment(total, claims);
    while (apportionment.isBounded()) {
      // Each round settles at least one claim.
    }
    apportionment.settle();
    return apportionment.units;
  }

  private void fix(int claim, int has) {
    units.set(claim, has);
    rest = rest.subtract(BigInteger.valueOf(has));
  }

  private BigInteger weights() {
    return free.stream().map(i -> claims.get(i).weight()).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Gives claims beyond a bound that bound, on the side that lacks or exceeds more. */
  private boolean isBounded() {
    BigInteger all = weights();
    BigInteger lacking = BigInteger.ZERO;
    BigInteger exceeding = BigInteger.ZERO;
    List<Integer> below = new ArrayList<>();
    List<Integer> above = new ArrayList<>();
    for (int i : free) {
      BigInteger share = rest.multiply(claims.get(i).weight());
      BigInteger lack = BigInteger.valueOf(claims.get(i).least()).multiply(all).subtract(share);
      BigInteger excess = share.subtract(BigInteger.valueOf(claims.get(i).most()).multiply(all));
      if (lack.signum() > 0) {
        below.add(i);
        lacking = lacking.add(lack);
      } else if (excess.signum() > 0) {
        above.add(i);
        exceeding = exceeding.add(excess);
      }
    }
    boolean isLack = !below.isEmpty() && lacking.compareTo(exceeding) >= 0;
    List<Integer> settled = isLack ? below : above;
    settled.forEach(i -> fix(i, isLack ? claims.get(i).least() : claims.get(i).most()));
    free.removeAll(settled);
    return !settled.isEmpty();
  }

  /** Shares the rest among the claims that no bound holds. */
  private void settle() {
    BigInteger all = weights();
    if (all.signum() == 0) {
      return;
    }
    List<BigInteger> shares =
        free.stream().map(i -> rest.multiply(claims.get(i).weight())).toList();
    int left = rest.intValueExact();
    for (int j = 0; j < free.size(); j++) {
      int whole = shares.get(j).divide(all).intValueExact();
      units.set(free.get(j), whole);
      left -= whole;
    }
    IntStream.range(0, free.size())
        .boxed()
        .sorted(comparing((Integer j) -> shares.get(j).mod(all)).reversed())
        .limit(left)
        .forEach(j -> units.set(free.get(j), units.get(free.get(j)) + 1));
  }
}
