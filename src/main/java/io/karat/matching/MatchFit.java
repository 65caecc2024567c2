package io.karat.matching;

import io.karat.matching.ExpectationMaximization.Estimate;
import io.karat.settings.MatchingSettings.Compare;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Fit of a model of duplicates to counts of pairs, in the order in which Splink does it: u from
 * random pairs; m by expectation and maximization over the pairs of each blocking rule, for the
 * fields that the rule does not use; of the estimates of several rules the median counts, weighted
 * by the pairs of one customer that they rest on. With m known, what random pairs have of one
 * customer is taken out of u, and m is estimated once more.
 *
 * @param possible the number of all pairs of customers
 */
record MatchFit(
    List<MatchField> fields, List<BlockingRule> rules, ComparedPairs pairs, double possible) {
  private static final double EVEN = 1.0 / AgreementLevel.KNOWN;
  private static final double[] NOTHING = {EVEN, EVEN, EVEN, EVEN};
  private static final double[] SIMILAR = {0.84, 0.07, 0.03, 0.06};
  private static final double[] SAME = {0.93, 0.005, 0.005, 0.06};
  private static final double START = 0.1;

  MatchFit {
    fields = List.copyOf(fields);
    rules = List.copyOf(rules);
  }

  /**
   * Fits the model.
   *
   * @param share the share of pairs that are of one customer; estimated if it is 0
   */
  MatchModel model(double share) {
    List<FieldOdds> start = withRandomU();
    List<FieldOdds> learned = withM(start);
    List<FieldOdds> corrected =
        new ExpectationMaximization(pairs.random(), field -> true)
            .ofOthers(1 / possible, learned.stream().map(it -> it.withU(NOTHING)).toList())
            .odds();
    List<FieldOdds> odds = withM(combined(start, corrected));
    double estimated =
        share > 0
            ? share
            : new ExpectationMaximization(pairs.once(), field -> true)
                .share(1 / possible, possible, odds);
    return new MatchModel(fields, estimated, odds, unlearned());
  }

  /** The m of some odds with the u of others. */
  private static List<FieldOdds> combined(List<FieldOdds> ofM, List<FieldOdds> ofU) {
    List<FieldOdds> combined = new ArrayList<>();
    for (int field = 0; field < ofM.size(); field++) {
      combined.add(ofM.get(field).withU(ofU.get(field).u()));
    }
    return combined;
  }

  private List<String> unlearned() {
    return fields.stream()
        .filter(field -> rules.stream().allMatch(rule -> rule.uses(field)))
        .map(MatchField::name)
        .toList();
  }

  private List<FieldOdds> withRandomU() {
    List<FieldOdds> odds = new ArrayList<>();
    for (int field = 0; field < fields.size(); field++) {
      double[] sums = new double[AgreementLevel.KNOWN];
      AgreementCounts random = pairs.random();
      for (int i = 0; i < random.size(); i++) {
        int level = random.level(i, field);
        if (level < AgreementLevel.KNOWN) {
          sums[level] += random.count(i);
        }
      }
      double[] start = fields.get(field).compare() == Compare.EXACT ? SAME : SIMILAR;
      odds.add(new FieldOdds(start, ExpectationMaximization.shares(sums, NOTHING)));
    }
    return odds;
  }

  /** The odds with m as the rules show it. */
  private List<FieldOdds> withM(List<FieldOdds> odds) {
    List<Estimate> estimates = new ArrayList<>();
    for (int rule = 0; rule < rules.size(); rule++) {
      BlockingRule its = rules.get(rule);
      estimates.add(
          new ExpectationMaximization(
                  pairs.byRule().get(rule), field -> !its.uses(fields.get(field)))
              .ofMatches(START, odds));
    }
    List<FieldOdds> learned = new ArrayList<>();
    for (int field = 0; field < fields.size(); field++) {
      learned.add(odds.get(field).withM(median(field, odds.get(field), estimates)));
    }
    return learned;
  }

  private double[] median(int field, FieldOdds before, List<Estimate> estimates) {
    List<Estimate> others = new ArrayList<>();
    for (int rule = 0; rule < rules.size(); rule++) {
      if (!rules.get(rule).uses(fields.get(field)) && pairs.byRule().get(rule).size() > 0) {
        others.add(estimates.get(rule));
      }
    }
    if (others.isEmpty()) {
      return before.m();
    }

    double[] medians = new double[AgreementLevel.KNOWN];
    double total = 0;
    for (int level = 0; level < AgreementLevel.KNOWN; level++) {
      medians[level] = median(field, level, others);
      total += medians[level];
    }
    for (int level = 0; level < AgreementLevel.KNOWN; level++) {
      medians[level] /= total;
    }
    return medians;
  }

  /** The value at which half of the weight is reached. */
  private static double median(int field, int level, List<Estimate> estimates) {
    List<Estimate> ascending = new ArrayList<>(estimates);
    Comparator<Estimate> byValue =
        Comparator.comparingDouble(it -> it.odds().get(field).m()[level]);
    Collections.sort(ascending, byValue.thenComparingDouble(Estimate::matches));
    double half = ascending.stream().mapToDouble(Estimate::matches).sum() / 2;
    double reached = 0;
    for (Estimate estimate : ascending) {
      reached += estimate.matches();
      if (reached >= half) {
        return estimate.odds().get(field).m()[level];
      }
    }
    return ascending.get(ascending.size() - 1).odds().get(field).m()[level];
  }
}
