package io.karat.lifetime;

import io.karat.lifetime.BackTest.Candidate;
import java.util.Collection;
import java.util.Optional;

/**
 * The back-tests of a fit: the model is chosen on the days of an earlier holdout and judged on
 * those of the last, so that no days do both.
 *
 * @param choosing empty if there is nothing to choose, or too little before
 * @param judging empty if there are too few customers or no sales
 */
record BackTests(Optional<BackTest> choosing, Optional<BackTest> judging) {
  static final BackTests NONE = new BackTests(Optional.empty(), Optional.empty());

  Optional<Candidate> best(Collection<PurchaseFamily> families, Collection<SpendBasis> spendings) {
    return choosing.flatMap(test -> test.best(families, spendings));
  }
}
