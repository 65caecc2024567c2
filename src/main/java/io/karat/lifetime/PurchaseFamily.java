package io.karat.lifetime;

import io.karat.run.LowerCase;
import java.util.List;

/** A family of purchase models. */
public enum PurchaseFamily {
  /** Customers may drop out after each repeat purchase. */
  BGNBD("a", "b") {
    @Override
    public PurchaseModel model(List<Double> it) {
      return new BetaGeometric(this, it.get(0), it.get(1), it.get(2), it.get(3));
    }

    @Override
    Likelihood likelihood(PurchaseHistories histories) {
      return new BetaGeometricLikelihood(this, histories);
    }
  },
  /** Customers may drop out after each purchase, the first included. */
  MBGNBD("a", "b") {
    @Override
    public PurchaseModel model(List<Double> it) {
      return new BetaGeometric(this, it.get(0), it.get(1), it.get(2), it.get(3));
    }

    @Override
    Likelihood likelihood(PurchaseHistories histories) {
      return new BetaGeometricLikelihood(this, histories);
    }
  },
  /** Customers may drop out at any moment. */
  PARETONBD("s", "beta") {
    @Override
    public PurchaseModel model(List<Double> it) {
      return new ParetoNbd(it.get(0), it.get(1), it.get(2), it.get(3));
    }

    @Override
    Likelihood likelihood(PurchaseHistories histories) {
      return new ParetoNbdLikelihood(histories);
    }
  };

  private final String third;
  private final String fourth;

  PurchaseFamily(String third, String fourth) {
    this.third = third;
    this.fourth = fourth;
  }

  /** The names of the parameters; all values are above 0. */
  public List<String> parameters() {
    return List.of("r", "alpha", third, fourth);
  }

  /** The name in configuration and model files, such as {@code bgnbd}. */
  public String word() {
    return LowerCase.of(this);
  }

  /** A model with these parameters. */
  public abstract PurchaseModel model(List<Double> parameters);

  abstract Likelihood likelihood(PurchaseHistories histories);
}
