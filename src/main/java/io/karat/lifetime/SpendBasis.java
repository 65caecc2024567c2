package io.karat.lifetime;

import io.karat.lifetime.SpendLikelihood.Spend;
import io.karat.run.LowerCase;
import java.util.Optional;

/** The days that a customer's mean spend is based on. */
public enum SpendBasis {
  /** The days after the first, as in the literature. */
  REPEATS {
    @Override
    long days(CustomerPurchases buyer) {
      return buyer.repeatDays();
    }

    @Override
    double total(CustomerPurchases buyer) {
      return buyer.repeatTotal();
    }
  },
  /** All days. */
  ALL {
    @Override
    long days(CustomerPurchases buyer) {
      return buyer.days();
    }

    @Override
    double total(CustomerPurchases buyer) {
      return buyer.total();
    }
  };

  abstract long days(CustomerPurchases buyer);

  abstract double total(CustomerPurchases buyer);

  /** The spend of a customer on these days; empty if there is none. */
  Optional<Spend> spend(CustomerPurchases buyer) {
    return days(buyer) > 0 && total(buyer) > 0
        ? Optional.of(new Spend(days(buyer), total(buyer), 1))
        : Optional.empty();
  }

  /** The name in configuration and model files, such as {@code repeats}. */
  public String word() {
    return LowerCase.of(this);
  }
}
