package io.karat.lifetime;

import io.karat.run.LowerCase;
import java.util.List;

/** A family of purchase models. */
public enum PurchaseFamily {
  /** Customers may drop out after each repeat purchase. */
  BGNBD("p", "a", "b"),
  /** Customers may drop out after each purchase, the first included. */
  MBGNBD("p", "a", "b"),
  /** Customers may drop out at any moment. */
  PARETONBD("mu", "s", "beta");

  private final String ofEqualDropout;
  private final List<String> ofDropout;

  PurchaseFamily(String ofEqualDropout, String... ofDropout) {
    this.ofEqualDropout = ofEqualDropout;
    this.ofDropout = List.of(ofDropout);
  }

  /** The names of the parameters of dropout. */
  List<String> ofDropout() {
    return ofDropout;
  }

  /** The name of the chance or rate of dropout that all customers have. */
  String ofEqualDropout() {
    return ofEqualDropout;
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
