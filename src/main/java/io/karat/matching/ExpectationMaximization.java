package io.karat.matching;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Estimation of a mixture of pairs of one customer and pairs of two, whose fields agree
 * independently of each other within either (I. P. Fellegi and A. B. Sunter, A Theory for Record
 * Linkage, 1969), by expectation and maximization over counts of patterns (W. E. Winkler, 1988).
 *
 * @param counts the pairs
 * @param fields the fields whose agreement counts; the others are as if unknown
 */
record ExpectationMaximization(AgreementCounts counts, IntPredicate fields) {
  private static final int MOST_ROUNDS = 500;
  private static final double PRECISION = 1e-7;
  private static final double LEAST_SHARE = 1e-12;

  /** The pairs as if one had been seen at the start values, so that no probability is 0. */
  private static final double PRIOR_PAIRS = 1;

  /**
   * Estimate of a mixture.
   *
   * @param share the share of the pairs that are of one customer
   * @param matches the expected number of those pairs
   */
  record Estimate(double share, double matches, List<FieldOdds> odds) {
    Estimate {
      odds = List.copyOf(odds);
    }
  }

  /** Estimates m and the share, at the given u. */
  Estimate ofMatches(double share, List<FieldOdds> start) {
    return fitted(share, start, true);
  }

  /** Estimates u and the share, at the given m. */
  Estimate ofOthers(double share, List<FieldOdds> start) {
    return fitted(share, start, false);
  }

  private Estimate fitted(double share, List<FieldOdds> start, boolean isOfMatches) {
    Estimate estimate = new Estimate(share, share * counts.pairs(), start);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      Estimate next = next(estimate, start, isOfMatches);
      boolean isFound = distance(estimate, next) < PRECISION;
      estimate = next;
      if (isFound) {
        break;
      }
    }
    return estimate;
  }

  private Estimate next(Estimate last, List<FieldOdds> start, boolean isOfMatches) {
    double matches = 0;
    double[][] sums = new double[start.size()][AgreementLevel.KNOWN];
    double prior = logOdds(last.share());
    double[][] ratios = ratios(last.odds());
    for (int i = 0; i < counts.size(); i++) {
      double ofMatches = counts.count(i) * chance(prior + logRatio(i, ratios));
      matches += ofMatches;
      double weighed = isOfMatches ? ofMatches : counts.count(i) - ofMatches;
      for (int field = 0; field < sums.length; field++) {
        int level = counts.level(i, field);
        if (fields.test(field) && level < AgreementLevel.KNOWN) {
          sums[field][level] += weighed;
        }
      }
    }
    List<FieldOdds> odds = new ArrayList<>();
    for (int field = 0; field < sums.length; field++) {
      FieldOdds before = start.get(field);
      if (!fields.test(field)) {
        odds.add(before);
      } else if (isOfMatches) {
        odds.add(before.withM(shares(sums[field], before.m())));
      } else {
        odds.add(before.withU(shares(sums[field], before.u())));
      }
    }
    return new Estimate(bounded(matches / counts.pairs()), matches, odds);
  }

  private static double[][] ratios(List<FieldOdds> odds) {
    return odds.stream().map(FieldOdds::logRatios).toArray(double[][]::new);
  }

  private double logRatio(int index, double[][] ratios) {
    double ratio = 0;
    for (int field = 0; field < ratios.length; field++) {
      if (fields.test(field)) {
        ratio += ratios[field][counts.level(index, field)];
      }
    }
    return ratio;
  }

  /**
   * Estimates the share of all possible pairs that are of one customer.
   *
   * @param possible the number of all pairs; those that are not counted are of two
   */
  double share(double start, double possible, List<FieldOdds> odds) {
    double share = bounded(start);
    double[][] ratios = ratios(odds);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double prior = logOdds(share);
      double matches = 0;
      for (int i = 0; i < counts.size(); i++) {
        matches += counts.count(i) * chance(prior + logRatio(i, ratios));
      }
      double next = bounded(matches / possible);
      boolean isFound = Math.abs(next - share) < PRECISION * share;
      share = next;
      if (isFound) {
        break;
      }
    }
    return share;
  }

  /** Shares of sums to which start values are added as one pair. */
  static double[] shares(double[] sums, double[] start) {
    double total = Arrays.stream(sums).sum() + PRIOR_PAIRS;
    double[] shares = new double[sums.length];
    for (int level = 0; level < sums.length; level++) {
      shares[level] = (sums[level] + PRIOR_PAIRS * start[level]) / total;
    }
    return shares;
  }

  private static double distance(Estimate one, Estimate other) {
    double distance = Math.abs(one.share() - other.share());
    for (int field = 0; field < one.odds().size(); field++) {
      distance = Math.max(distance, one.odds().get(field).distance(other.odds().get(field)));
    }
    return distance;
  }

  private static double bounded(double share) {
    return Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
  }

  private static double logOdds(double share) {
    return StrictMath.log(share / (1 - share));
  }

  private static double chance(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }
}
