package io.karat.lifetime;

import io.karat.run.LowerCase;
import java.util.List;

/** A family of purchase models. */
public enum PurchaseFamily {
  /** Customers may drop out after each repeat purchase. */
  BGNBD,
  /** Customers may drop out after each purchase, the first included. */
  MBGNBD,
  /** Customers may drop out at any moment. */
  PARETONBD,
  /** Customers are charged once a period until they drop out: contracts. */
  CONTRACTUAL;

  /** The families of customers who buy at random. */
  static final List<PurchaseFamily> AT_RANDOM = List.of(BGNBD, MBGNBD, PARETONBD);

  /** The names of the parameters of dropout. */
  List<String> ofDropout() {
    return switch (this) {
      case BGNBD, MBGNBD -> List.of("a", "b");
      case PARETONBD -> List.of("s", "beta");
      case CONTRACTUAL -> List.of("alpha", "beta");
    };
  }

  /** The name of the chance or rate of dropout that all customers have. */
  String ofEqualDropout() {
    return switch (this) {
      case BGNBD, MBGNBD -> "p";
      case PARETONBD -> "mu";
      case CONTRACTUAL -> "theta";
    };
  }

  /** The name in configuration and model files, such as {@code bgnbd}. */
  public String word() {
    return LowerCase.of(this);
  }

  /** The full model with these parameters, of purchases at random. */
  public PurchaseModel model(List<Double> parameters) {
    return PurchaseForm.full(this).model(parameters);
  }

  /** The likelihood of the full model. */
  Likelihood likelihood(PurchaseHistories histories) {
    return PurchaseForm.full(this).likelihood(histories);
  }
}
