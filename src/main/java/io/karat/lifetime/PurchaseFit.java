package io.karat.lifetime;

import io.karat.lifetime.MaximumLikelihood.Maximum;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fitted purchase model of a family.
 *
 * <p>Where the likelihood has no maximum, or one that is so flat that a standard error is ten times
 * its parameter, the customers may all have one rate or one chance, or none of them leaves. The
 * nested model with the fewest parameters is taken then whose log-likelihood is at most 1.92 below
 * the highest of all, which is a difference by chance at 5 % (the likelihood ratio test of one
 * parameter).
 */
record PurchaseFit(PurchaseForm form, Maximum fit) {
  private static final double BY_CHANCE = 1.92;
  private static final double VAGUE = 10;

  /** Fits a family of purchases at random. */
  static PurchaseFit of(PurchaseFamily family, PurchaseHistories histories) {
    return best(PurchaseForm.full(family), histories);
  }

  /** Fits a full form, or one nested in it. */
  static PurchaseFit best(PurchaseForm form, PurchaseHistories histories) {
    PurchaseFit full = of(form, histories);
    if (full.isFound() && !full.isVague()) {
      return full;
    }

    List<PurchaseFit> nested =
        form.nested().stream().map(it -> of(it, histories)).filter(PurchaseFit::isFound).toList();
    double highest =
        Stream.concat(Stream.of(full), nested.stream())
            .mapToDouble(it -> it.fit.logLikelihood())
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NEGATIVE_INFINITY);
    return nested.stream()
        .filter(it -> it.fit.logLikelihood() >= highest - BY_CHANCE)
        .findFirst()
        .orElse(full);
  }

  private static PurchaseFit of(PurchaseForm form, PurchaseHistories histories) {
    return new PurchaseFit(form, MaximumLikelihood.of(form.likelihood(histories)));
  }

  boolean isFound() {
    return fit.isFound();
  }

  private boolean isVague() {
    return Stream.iterate(0, i -> i + 1)
        .limit(fit.standardErrors().size())
        .anyMatch(i -> fit.standardErrors().get(i) > VAGUE * fit.parameters().get(i));
  }

  PurchaseModel model() {
    return form.model(fit.parameters());
  }
}
