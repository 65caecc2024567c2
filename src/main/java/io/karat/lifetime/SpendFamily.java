package io.karat.lifetime;

import io.karat.run.LowerCase;
import java.util.List;

/** A family of spend models. */
public enum SpendFamily {
  /** Customers' days vary around means that vary too. */
  GAMMAGAMMA,
  /** All customers have one mean: a single price, or amounts that differ by the day alone. */
  EQUAL_MEANS,
  /** Each customer spends the same on every day. */
  OWN_MEANS;

  /** The names of the parameters. */
  public List<String> parameters() {
    return this == GAMMAGAMMA ? List.of("p", "q", "gamma") : List.of("mean");
  }

  /** The name in model files, such as {@code gammagamma}. */
  public String word() {
    return LowerCase.of(this);
  }

  /** A model with these parameters. */
  SpendModel model(List<Double> it) {
    return this == GAMMAGAMMA
        ? new GammaGamma(it.get(0), it.get(1), it.get(2))
        : new KnownMean(this, it.get(0));
  }
}
