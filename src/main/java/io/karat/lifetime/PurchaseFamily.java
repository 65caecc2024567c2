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
  PARETONBD;

  /** The names of the parameters of dropout. */
  List<String> ofDropout() {
    return this == PARETONBD ? List.of("s", "beta") : List.of("a", "b");
  }

  /** The name of the chance or rate of dropout that all customers have. */
  String ofEqualDropout() {
    return this == PARETONBD ? "mu" : "p";
  }

  /** The name in configuration and model files, such as {@code bgnbd}. */
  public String word() {
    return LowerCase.of(this);
  }

  /** The full model with these parameters. */
  public PurchaseModel model(List<Double> parameters) {
    return PurchaseForm.full(this).model(parameters);
  }

  /** The likelihood of the full model. */
  Likelihood likelihood(PurchaseHistories histories) {
    return PurchaseForm.full(this).likelihood(histories);
  }
}
